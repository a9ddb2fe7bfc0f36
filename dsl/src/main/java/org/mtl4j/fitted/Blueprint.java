package org.mtl4j.fitted;

import java.util.List;
import org.mtl4j.sharing.Graph;
import org.mtl4j.sharing.Sharing;
import org.mtl4j.task.Objective;

/**
 * What a net is built from, before its parameters.
 *
 * @param features the names of the features, in the order of the input's columns
 */
record Blueprint(Sharing sharing, String input, List<String> features, List<Objective> objectives) {

    Blueprint {
        features = List.copyOf(features);
        objectives = List.copyOf(objectives);
    }

    /** A graph of this net whose parameters are yet to be set. */
    Graph graph() {
        return Graph.build(sharing, input, features.size(), objectives, 0);
    }
}
