package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mtl4j.Mtl.dwa;
import static org.mtl4j.Mtl.equal;
import static org.mtl4j.Mtl.famo;
import static org.mtl4j.Mtl.fixed;
import static org.mtl4j.Mtl.imtlL;
import static org.mtl4j.Mtl.mgda;
import static org.mtl4j.Mtl.pcgrad;
import static org.mtl4j.Mtl.uncertainty;
import static org.mtl4j.Mtl.upgrad;
import static org.mtl4j.Toys.CASUAL;
import static org.mtl4j.Toys.REGISTERED;

import java.io.File;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;
import org.junit.jupiter.api.Test;
import org.mtl4j.balance.Balancer;
import org.mtl4j.tensor.Draws;

/** Balancers made of balancers of balancers, drawn at random. */
public class CompositionTest { // public, since a shell writes to it

    private static final List<Balancer> LOSSES = List.of(
            equal(), dwa(), famo(), imtlL(), uncertainty(), fixed(CASUAL, 2).with(REGISTERED, 0.5));
    private static final List<Balancer> GRADIENTS =
            List.of(mgda(), mgda().headsWeighted(), pcgrad(), upgrad(), pcgrad().atRepresentation());

    /** What a typed line made. */
    public static Balancer typed = equal();

    private static Balancer wrapped(Balancer balancer, RandomGenerator random) {
        return switch (Draws.below(6, random)) {
            case 0 -> balancer.every(1 + Draws.below(5, random));
            case 1 -> balancer.smoothed(Draws.below(10, random) / 10.0);
            case 2 -> balancer.afterWarmUp(1 + Draws.below(3, random));
            case 3 -> balancer.afterWarmUpSteps(1 + Draws.below(9, random));
            case 4 -> balancer.clipped(0.1 * Draws.below(5, random), 1 + Draws.below(3, random));
            default -> balancer.needs() == Balancer.Needs.GRAM ? balancer.atLayers("encoder.0") : balancer;
        };
    }

    private static Balancer drawn(long seed) {
        RandomGenerator random = Draws.generator(seed);
        Balancer losses = LOSSES.get(Draws.below(LOSSES.size(), random));
        Balancer gradients = GRADIENTS.get(Draws.below(GRADIENTS.size(), random));
        for (int i = Draws.below(3, random); i > 0; i--) {
            losses = wrapped(losses, random);
            gradients = wrapped(gradients, random);
        }
        Balancer whole = switch (Draws.below(3, random)) {
            case 0 -> losses;
            case 1 -> gradients;
            default -> losses.then(gradients);
        };
        for (int i = Draws.below(3, random); i > 0; i--) {
            whole = wrapped(whole, random);
        }
        return whole;
    }

    @Test
    void what_is_printed_makes_it_again_when_it_is_typed() {
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
                shell.addToClasspath(entry);
            }
            evaluate(shell, "import static org.mtl4j.Mtl.*;");
            for (long seed = 0; seed < 60; seed++) {
                Balancer balancer = drawn(seed);
                evaluate(shell, "org.mtl4j.CompositionTest.typed = " + balancer + ";");
                assertThat(typed)
                        .isEqualTo(balancer)
                        .hasSameHashCodeAs(balancer)
                        .hasToString(balancer.toString());
            }
        }
    }

    private static void evaluate(JShell shell, String line) {
        for (SnippetEvent event : shell.eval(line)) {
            assertThat(shell.diagnostics(event.snippet())).as(line).isEmpty();
            assertThat(event.exception()).as(line).isNull();
        }
    }

    @Test
    void all_that_is_seen_of_the_inner_ones_is_seen_of_the_whole() {
        for (long seed = 0; seed < 200; seed++) {
            RandomGenerator random = Draws.generator(seed);
            Balancer inner = drawn(seed);
            Balancer outer = wrapped(inner, random);
            assertThat(outer.needs()).isEqualTo(inner.needs());
            assertThat(outer.heads()).isEqualTo(inner.heads());
            assertThat(outer.hearsUpdate()).isEqualTo(inner.hearsUpdate());
            assertThat(outer.formulas()).isEqualTo(inner.formulas());
            if (!outer.toString().endsWith(".atLayers(\"encoder.0\")")) {
                assertThat(outer.scope()).isEqualTo(inner.scope());
            }
            assertThat(outer.start(List.of("casual", "registered")).ownParameters())
                    .isEqualTo(inner.start(List.of("casual", "registered")).ownParameters());
        }
    }

    @Test
    void what_is_keyed_by_task_is_taken_away_through_all_of_them() {
        Balancer keyed = fixed(CASUAL, 2).with(REGISTERED, 0.5);
        Balancer fewer = fixed(CASUAL, 2);
        List<String> tasks = List.of("casual");
        for (long seed = 0; seed < 50; seed++) {
            assertThat(wrappedTwice(keyed, seed).restrictTo(tasks)).isEqualTo(wrappedTwice(fewer, seed));
            assertThat(wrappedTwice(keyed.then(mgda()), seed).restrictTo(tasks))
                    .isEqualTo(wrappedTwice(fewer.then(mgda()), seed));
        }
    }

    private static Balancer wrappedTwice(Balancer balancer, long seed) {
        RandomGenerator random = Draws.generator(seed);
        return wrapped(wrapped(balancer, random), random);
    }

    @Test
    void a_checkpoint_says_which_formulas_it_does_not_know() {
        Balancer mine = Mtl.balancer("mine", step -> new double[] {1, 1});
        Balancer yours = Mtl.balancer("yours", step -> new double[] {1, 1}).readsGram();
        assertThat(mine.then(yours.every(2)).smoothed(0.5).formulas())
                .containsExactly("balancer(\"mine\")", "balancer(\"yours\").readsGram()");
        Recipe recipe = Mtl.hard(Mtl.mlp(4)).tasks(CASUAL, REGISTERED).balance(mine.every(2));
        assertThat(recipe.checkpoint("a").toString())
                .contains("The checkpoint does not hold what the formula of balancer(\"mine\") remembers by itself.");
        assertThat(IntStream.range(0, 60)
                        .mapToObj(CompositionTest::drawn)
                        .allMatch(b -> b.formulas().isEmpty()))
                .isTrue();
    }
}
