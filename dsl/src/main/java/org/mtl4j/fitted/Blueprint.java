package org.mtl4j.fitted;

import java.util.List;
import org.mtl4j.data.InputForm;
import org.mtl4j.sharing.Graph;
import org.mtl4j.sharing.Sharing;
import org.mtl4j.task.Objective;

/**
 * What a net is built from, before its parameters.
 *
 * @param inputs what it reads, in order
 */
record Blueprint(Sharing sharing, List<InputForm> inputs, List<Objective> objectives) {

    Blueprint {
        inputs = List.copyOf(inputs);
        objectives = List.copyOf(objectives);
    }

    /** A name for each number of a row of all inputs, side by side. */
    List<String> columns() {
        return InputForm.columns(inputs);
    }

    /** A graph of this net whose parameters are yet to be set. */
    Graph graph() {
        return Graph.build(sharing, inputs, objectives, 0);
    }
}
