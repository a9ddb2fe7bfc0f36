package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.tensor.Draws;

class ColoursTest {

    private static int[] colours(int nodes, int... ends) {
        boolean[] edges = new boolean[nodes * nodes];
        for (int e = 0; e < ends.length; e += 2) {
            edges[ends[e] * nodes + ends[e + 1]] = true;
            edges[ends[e + 1] * nodes + ends[e]] = true;
        }
        Colours colours = new Colours(nodes);
        colours.colour(edges);
        return IntStream.range(0, nodes).map(colours::of).toArray();
    }

    @Test
    void nodes_with_more_edges_come_first() {
        assertThat(colours(4)).containsExactly(0, 0, 0, 0);
        assertThat(colours(4, 0, 3, 1, 3, 2, 3)).containsExactly(1, 1, 1, 0); // a star around 3
        assertThat(colours(3, 0, 1, 1, 2, 0, 2)).containsExactly(0, 1, 2);
        assertThat(colours(4, 0, 1, 1, 2, 2, 3)).containsExactly(1, 0, 1, 0); // a path
    }

    @Test
    void no_edge_joins_nodes_of_a_colour_and_there_are_at_most_one_more_than_the_most_edges() {
        RandomGenerator random = Draws.generator(4);
        for (int trial = 0; trial < 200; trial++) {
            int nodes = 1 + trial % 9;
            boolean[] edges = new boolean[nodes * nodes];
            for (int i = 0; i < nodes; i++) {
                for (int j = 0; j < i; j++) {
                    edges[i * nodes + j] = Draws.uniform(random) < 0.4;
                    edges[j * nodes + i] = edges[i * nodes + j];
                }
            }
            Colours colours = new Colours(nodes);
            assertThat(colours.size()).isEqualTo(1);
            colours.colour(edges);
            int most = 0;
            for (int i = 0; i < nodes; i++) {
                int degree = 0;
                for (int j = 0; j < nodes; j++) {
                    if (edges[i * nodes + j]) {
                        degree++;
                        assertThat(colours.of(i)).isNotEqualTo(colours.of(j));
                    }
                }
                most = Math.max(most, degree);
                assertThat(colours.of(i)).isBetween(0, colours.size() - 1);
            }
            assertThat(colours.size()).isLessThanOrEqualTo(most + 1);
        }
    }
}
