package org.mtl4j.tensor;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReadoutNodeTest {

    @ParameterizedTest
    @EnumSource(Readout.class)
    void a_readout_of_a_series_has_its_gradients(Readout kind) {
        LayerProbe.of((tape, in, random) -> tape.readout("readout", in.get(0), kind), new Shape.Series(4, 3))
                .check(1, 2, 3);
    }

    @ParameterizedTest
    @EnumSource(Readout.class)
    void so_has_one_of_the_nodes_of_a_graph(Readout kind) {
        LayerProbe.of(
                        (tape, in, random) -> tape.readout(
                                "readout",
                                tape.dense(
                                        "dense",
                                        in.get(0),
                                        3,
                                        new Activation.Softmax(),
                                        new Initialiser.UniformFanIn(),
                                        random),
                                kind),
                        new Shape.Graph(4, 2, 6, 0))
                .check(1, 2, 3);
    }
}
