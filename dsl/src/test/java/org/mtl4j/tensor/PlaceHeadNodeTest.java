package org.mtl4j.tensor;

import org.junit.jupiter.api.Test;

class PlaceHeadNodeTest {

    @Test
    void a_head_at_each_place_of_a_series_has_its_gradients() {
        LayerProbe.of(
                        (tape, in, random) -> tape.dense(
                                "dense", in.get(0), 4, new Activation.Gelu(), new Initialiser.UniformFanIn(), random),
                        new Shape.Series(3, 2))
                .check(1, 2, 3);
    }
}
