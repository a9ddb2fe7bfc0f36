package org.mtl4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.Equal;
import org.mtl4j.balance.MoDo;
import org.mtl4j.balance.SdmGrad;
import org.mtl4j.balance.Weighting;
import org.mtl4j.data.Batch;
import org.mtl4j.data.Input;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.layer.Mlp;
import org.mtl4j.optimise.Optimiser;
import org.mtl4j.optimise.Sam;
import org.mtl4j.optimise.Sgd;
import org.mtl4j.sharing.Graph;
import org.mtl4j.sharing.Hard;

/** Balancers that draw two further batches in each step. */
class DoubleSamplingTest {

    private static final MultiTaskData ROWS = Steppers.data(50, 0.7, 11);

    /** Weighs evenly, and keeps the cross-Grams that it is shown. */
    private record Listener(List<double[]> heard) implements Balancer {
        @Override
        public Needs needs() {
            return Needs.GRAM;
        }

        @Override
        public boolean samplesTwice() {
            return true;
        }

        @Override
        public Weighting start(List<String> tasks) {
            return (step, weights) -> {
                heard.add(step.crossGram().clone());
                Arrays.fill(weights, 1);
            };
        }
    }

    private static Stepper bare(Balancer balancer, Optimiser optimiser, int batch, double dropout) {
        Hard sharing = new Hard(Mlp.of(8, 4).dropout(dropout));
        Graph graph = Graph.build(sharing, "features", Steppers.WIDTH, Steppers.objectives(), 3);
        return new Stepper(graph, balancer, optimiser, 1_000_000, batch, 5);
    }

    private static Stepper stepper(Balancer balancer, Optimiser optimiser, int batch, double dropout) {
        Stepper stepper = bare(balancer, optimiser, batch, dropout);
        stepper.drawFrom(ROWS, batch);
        return stepper;
    }

    @Test
    void with_batches_of_all_rows_the_cross_gram_is_the_gram_of_them() {
        List<double[]> heard = new ArrayList<>();
        Stepper stepper = stepper(new Listener(heard), Sgd.of(0.1), 50, 0);
        Batch all = Steppers.all(ROWS);
        stepper.step(all);
        Probe probe = Objects.requireNonNull(stepper.lastProbe(0)); // of the step's own batch, which is all rows too
        int tasks = Steppers.NAMES.size();
        for (int i = 0; i < tasks; i++) {
            for (int j = 0; j < tasks; j++) {
                double expected = probe.total().get(i, j);
                assertThat(heard.get(0)[i * tasks + j]).isCloseTo(expected, within(1e-6 * Math.max(1, expected)));
            }
        }
    }

    @Test
    void the_batches_are_independent_of_each_other_so_that_their_cross_gram_is_unbiased() {
        List<double[]> heard = new ArrayList<>();
        Stepper stepper = stepper(new Listener(heard), Sgd.of(1e-12), 5, 0);
        Batch all = Steppers.all(ROWS);
        Stepper whole = bare(new Equal(), Sgd.of(0.1), 50, 0);
        whole.reserveProbes(50);
        double expected = whole.probe(all, 0).total().get(2, 2);
        Batch own = Steppers.batch(5, 1, 1);
        int steps = 4000;
        for (int s = 0; s < steps; s++) {
            stepper.step(own);
        }
        double mean = heard.stream().mapToDouble(gram -> gram[8]).average().orElseThrow();
        double square = heard.stream()
                        .mapToDouble(gram -> (gram[8] - mean) * (gram[8] - mean))
                        .sum()
                / steps;
        // a mean over labelled rows is a ratio, unbiased but for terms of 1 / rows
        assertThat(mean).isCloseTo(expected, within(5 * Math.sqrt(square / steps) + 0.02 * expected));
        assertThat(heard).anySatisfy(gram -> assertThat(gram[1]).isNotEqualTo(gram[3])); // not symmetric
    }

    @Test
    void the_update_is_that_of_the_steps_own_batch() {
        Stepper sampled = stepper(new Listener(new ArrayList<>()), Sgd.of(0.1), 16, 0);
        Stepper plain = bare(new Equal(), Sgd.of(0.1), 16, 0);
        for (int s = 0; s < 5; s++) {
            Batch batch = Steppers.batch(16, 0.7, s);
            sampled.step(batch);
            plain.step(batch);
            assertThat(sampled.losses()).containsExactly(plain.losses(), within(1e-5));
        }
        assertThat(sampled.graph().tape().parameters().values())
                .containsExactly(plain.graph().tape().parameters().values(), within(2e-5f));
    }

    static Stream<Balancer> methods() {
        return Stream.of(MoDo.asPublished().gamma(1), SdmGrad.asPublished());
    }

    @ParameterizedTest
    @MethodSource("methods")
    void the_same_seed_gives_the_same_bits_and_the_weights_move(Balancer balancer) {
        float[][] ends = new float[2][];
        for (int run = 0; run < 2; run++) {
            Stepper stepper = stepper(balancer, new Sam(Sgd.of(0.1), 0.1), 16, 0.2);
            Set<Double> seen = new TreeSet<>();
            for (int s = 0; s < 6; s++) {
                stepper.step(Steppers.batch(16, 0.7, s));
                seen.add(stepper.weights()[0]);
            }
            assertThat(seen).hasSizeGreaterThan(1);
            ends[run] = stepper.graph().tape().parameters().values().clone();
        }
        assertThat(ends[1]).containsExactly(ends[0]);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void a_steady_step_allocates_nothing_that_grows_with_the_batch(Balancer balancer) {
        double few = allocated(balancer, 16);
        assertThat(allocated(balancer, 116)).isLessThan(few + 128); // an array of one float for each row is 400 more
    }

    /** Bytes a step. */
    private static double allocated(Balancer balancer, int rows) {
        Stepper stepper = bare(balancer, Sgd.of(1e-3), rows, 0.2);
        stepper.drawFrom(Steppers.data(120, 0.7, 4), rows);
        Batch batch = Steppers.batch(rows, 0.7, 1);
        for (int s = 0; s < 1500; s++) {
            stepper.step(batch);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int s = 0; s < 200; s++) {
            stepper.step(batch);
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / 200.0;
    }

    @Test
    void a_draw_takes_no_row_twice_and_all_rows_alike() {
        DoubleSample sample = new DoubleSample(numbered(), List.of("binary"), 20, 1, 9);
        int[] seen = new int[50];
        for (int draw = 0; draw < 2000; draw++) {
            Set<Integer> rows = new TreeSet<>();
            Batch batch = sample.draw();
            for (int r = 0; r < batch.rows(); r++) {
                int row = (int) batch.input("features")[r];
                rows.add(row);
                seen[row]++;
            }
            assertThat(rows).hasSize(20);
        }
        assertThat(Arrays.stream(seen).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(700, 900)); // 800, by 22 a standard deviation
    }

    /** 50 rows whose feature is their number. */
    private static MultiTaskData numbered() {
        float[] numbers = new float[50];
        for (int r = 0; r < 50; r++) {
            numbers[r] = r;
        }
        return MultiTaskData.of(
                Map.of("features", Input.Dense.of(List.of("number"), numbers)), List.of(ROWS.target("binary")));
    }

    @Test
    void without_rows_to_draw_from_a_step_fails() {
        Stepper stepper = bare(MoDo.asPublished(), Sgd.of(0.1), 16, 0);
        assertThatThrownBy(() -> stepper.step(Steppers.batch(16, 1, 1)))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("The balancer samples twice: call drawFrom(..) first.");
    }
}
