package org.mtl4j.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mtl4j.balance.Aggregator;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.WeighingStep;
import org.mtl4j.balance.Weighting;
import org.mtl4j.tensor.Blas;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.GramProducts;

/**
 * Times what balancing itself costs, on one matrix of task gradients: the Gram, the weights, and their combination, by the
 * code of a training step. Methods take turns, two calls each, of which the second is timed: the first brings back what
 * the method before has driven out of the caches. {@code bare} is the Gram and one combination at equal weights.
 * A method that makes its update of the gradients themselves is timed without a Gram. Prints one line of JSON: of each
 * method the lowest tenth of its calls, whole and of the weights alone, in microseconds.
 *
 * <pre>{@code
 * BalancingTime --matrix gauss.f32 --tasks 8 --parameters 30000 --warmup-s 2 --measure-s 4
 * }</pre>
 */
public final class BalancingTime {

    private static final String BARE = "bare";

    private final int tasks;
    private final int parameters;
    private final float[] gradients;
    private final float[] direction;
    private final GramProducts products = new GramProducts();
    private final List<Contender> contenders = new ArrayList<>();

    private BalancingTime(float[] gradients, int tasks) {
        this.tasks = tasks;
        this.gradients = gradients;
        parameters = gradients.length / tasks;
        direction = new float[parameters];
        contenders.add(new Contender(BARE, null));
        for (Balancing each : Balancing.values()) {
            if (each.takes(tasks)) {
                contenders.add(new Contender(each.word(), each.balancer()));
            }
        }
    }

    /** Runs one measurement. */
    public static void main(String[] arguments) {
        Options options = new Options(arguments);
        int tasks = options.whole("tasks", 2);
        int parameters = options.whole("parameters", 30_000);
        float[] gradients = read(Path.of(options.word("matrix", "")), tasks * parameters);
        BalancingTime time = new BalancingTime(gradients, tasks);
        time.takeTurns(options.number("warmup-s", 2));
        time.contenders.forEach(Contender::forget);
        time.takeTurns(options.number("measure-s", 4));
        System.out.println(time.line());
    }

    /** Numbers of four bytes, the lowest first. */
    private static float[] read(Path file, int count) {
        float[] values = new float[count];
        try (FileChannel channel = FileChannel.open(file)) {
            channel.map(FileChannel.MapMode.READ_ONLY, 0, 4L * count)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(values);
        } catch (IOException e) {
            throw new UncheckedIOException("The matrix could not be read from %s.".formatted(file), e);
        }
        return values;
    }

    private void takeTurns(double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        do {
            for (int c = 0; c < contenders.size(); c++) {
                contenders.get(c).call();
                contenders.get(c).time();
            }
        } while (System.nanoTime() < end);
    }

    private Line line() {
        Line methods = new Line();
        for (Contender each : contenders) {
            methods.json(
                    each.word,
                    new Line()
                            .put("p10_us", each.whole.micros(0.1))
                            .put("weigh_us", each.weighing.micros(0.1))
                            .put("median_us", each.whole.micros(0.5))
                            .put("calls", each.whole.count())
                            .toString());
        }
        return new Line()
                .put("tasks", tasks)
                .put("parameters", parameters)
                .json("methods", methods.toString())
                .process();
    }

    /** Mutable: a method at work, and its times. Without a balancer, the Gram and a combination alone. */
    private final class Contender {
        private final String word;
        private final @Nullable Weighting weighting;
        private final boolean readsGram;
        private final WeighingStep view;
        private final double[] weights = new double[tasks];
        private final float[] rounded = new float[tasks];
        private Times whole = new Times();
        private Times weighing = new Times();
        private long step;

        Contender(String word, @Nullable Balancer balancer) {
            this.word = word;
            List<String> names =
                    IntStream.range(0, tasks).mapToObj(t -> "t" + t).toList();
            view = new WeighingStep(names, Draws.generator(1));
            Arrays.fill(weights, 1.0 / tasks);
            weighting = balancer == null ? null : balancer.start(names);
            readsGram = balancer == null || balancer.needs() == Balancer.Needs.GRAM;
            if (weighting != null && !readsGram) {
                view.bindGradients(gradients, parameters);
                weighting.open(parameters);
            }
        }

        void forget() {
            whole = new Times();
            weighing = new Times();
        }

        void time() {
            long start = System.nanoTime();
            long weighs = call();
            whole.add(System.nanoTime() - start);
            weighing.add(weighs);
        }

        /** Answers the nanoseconds that the weights alone took. */
        long call() {
            view.begin(step++);
            Arrays.fill(view.losses(), 1);
            Arrays.fill(view.labelled(), 1);
            if (readsGram) {
                products.of(gradients, tasks, parameters, view.gram());
            }
            long known = System.nanoTime();
            if (weighting != null) {
                weighting.weigh(view, weights);
            }
            long weighed = System.nanoTime();
            if (weighting instanceof Aggregator aggregator) {
                aggregator.aggregate(view, direction);
            } else {
                combine();
            }
            return weighed - known;
        }

        private void combine() {
            for (int t = 0; t < tasks; t++) {
                rounded[t] = (float) weights[t];
            }
            Blas.sumRows(tasks, parameters, gradients, 0, rounded, direction, 0);
        }
    }
}
