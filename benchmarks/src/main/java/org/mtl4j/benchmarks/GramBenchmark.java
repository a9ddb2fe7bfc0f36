package org.mtl4j.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.Initialiser;
import org.mtl4j.tensor.Layout;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Tape;
import org.mtl4j.tensor.TaskHead;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The Gram of a dense layer of as many task gradients, with the heads above it whose signals come first, at a batch of 64. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class GramBenchmark {

    private static final int BATCH = 64;
    private static final int CLASSES = 10;
    private static final Initialiser UNIFORM = new Initialiser.UniformFanIn();

    /** A layer, and the way that the tape takes there at each of these numbers of tasks, since it costs less. */
    public enum Way {
        /** 64 to 128 features: the tasks' gradients are formed. */
        DIRECT(64, 128),
        /** 784 to 512 features: they are not. */
        GHOST(784, 512);

        private final int in;
        private final int out;

        Way(int in, int out) {
            this.in = in;
            this.out = out;
        }
    }

    /** The way, and the layer that goes it. */
    @Param
    public Way way = Way.DIRECT;

    /** Tasks. */
    @Param({"2", "8", "64"})
    public int tasks = 2;

    private Tape tape = new Tape(tasks);
    private double[] gram = new double[0];
    private double[] scratch = new double[0];
    private int[] rows = new int[0];

    /** Builds the net for the parameters at hand, and takes it forward. */
    @Setup
    public void build() {
        tape = new Tape(tasks);
        gram = new double[tasks * tasks];
        scratch = new double[tasks * tasks];
        rows = IntStream.range(0, BATCH).toArray();
        RandomGenerator random = Draws.generator(1);
        Node hidden = tape.dense("hidden", tape.input("x", way.in), way.out, new Activation.Relu(), UNIFORM, random);
        List<TaskHead> heads = new ArrayList<>();
        for (int t = 0; t < tasks; t++) {
            heads.add(new TaskHead(t, "t" + t, CLASSES));
        }
        tape.heads("heads", hidden, heads, UNIFORM, random);
        tape.reserveStacked(BATCH);
        tape.bind("x", RandomRows.normal(BATCH * way.in, new SplittableRandom(2)));
        tape.forward(BATCH, Node.Pass.TRAIN);
        for (int t = 0; t < tasks; t++) {
            float[] signal = tape.output(t).signal();
            System.arraycopy(RandomRows.normal(signal.length, new SplittableRandom(3)), 0, signal, 0, signal.length);
        }
    }

    /** The signals of all tasks down to the layer, and the Gram there. */
    @Benchmark
    public double[] gram() {
        Layout layout = tape.stack();
        for (int t = 0; t < tasks; t++) {
            layout.block(t, rows, BATCH);
        }
        tape.grams(gram, null, scratch);
        return gram;
    }
}
