package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.Mtl;

/** What a balancer says that it can train is what it starts with. */
class ServesTest {

    static Stream<Balancer> balancers() {
        return Stream.of(
                Mtl.pcgrad(),
                Mtl.projectOut("a"),
                Mtl.projectOut("a").smoothed(0.5).every(2),
                Mtl.uncertainty().then(Mtl.projectOut("a")),
                Mtl.projectOut("b").atRepresentation(),
                Mtl.gradientSimilarity("c"),
                Mtl.olAux("c"),
                Mtl.auxiNash("a"),
                Mtl.pcd("b"),
                Mtl.autoLambda(),
                Mtl.autoLambda("a", "b"),
                Mtl.trimmedMean(0),
                Mtl.trimmedMean(1),
                Mtl.krum(0, 2),
                Mtl.krum(1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("balancers")
    void a_balancer_starts_with_the_tasks_that_it_serves_and_with_no_others(Balancer balancer) {
        for (List<String> tasks : List.of(
                List.of("a"), List.of("c"), List.of("b", "c"), List.of("a", "b", "c"), List.of("d", "c", "b", "a"))) {
            if (balancer.serves(tasks)) {
                assertThat(balancer.restrictTo(tasks).start(tasks)).isNotNull();
            } else {
                assertThatThrownBy(() -> balancer.restrictTo(tasks).start(tasks))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void a_main_task_must_be_there_and_as_many_tasks_as_are_left_out() {
        assertThat(Mtl.projectOut("a").every(2).serves(List.of("a", "b"))).isTrue();
        assertThat(Mtl.projectOut("a").every(2).serves(List.of("b", "c"))).isFalse();
        assertThat(Mtl.uncertainty().then(Mtl.pcd("a")).serves(List.of("b", "c")))
                .isFalse();
        assertThat(Mtl.autoLambda("a", "b").serves(List.of("b", "c"))).isTrue();
        assertThat(Mtl.trimmedMean(1).serves(List.of("a", "b"))).isFalse();
        assertThat(Mtl.trimmedMean(1).serves(List.of("a", "b", "c"))).isTrue();
        assertThat(Mtl.krum(1).serves(List.of("a", "b", "c"))).isFalse();
        assertThat(Mtl.krum(1).serves(List.of("a", "b", "c", "d"))).isTrue();
        assertThat(Mtl.krum(0, 2).serves(List.of("a"))).isFalse();
    }
}
