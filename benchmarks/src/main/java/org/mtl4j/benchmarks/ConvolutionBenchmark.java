package org.mtl4j.benchmarks;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.mtl4j.data.Input;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.Conv2d;
import org.mtl4j.tensor.Layer;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Pool;
import org.mtl4j.tensor.Readout;
import org.mtl4j.tensor.Tape;
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

/** LeNet's two convolutions with ReLU, forward and backward; the first has images below it, which take no signal. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ConvolutionBenchmark {

    private static final int KERNEL = 5;

    /** Images of the batch. */
    @Param({"64", "256"})
    public int batch = 64;

    private SmallTape one = new SmallTape(images(1), ConvolutionBenchmark::first);
    private SmallTape both = one;

    /** Builds the nets for the parameters at hand. */
    @Setup
    public void build() {
        Input images = images(batch);
        one = new SmallTape(images, (tape, x, random) -> mean(tape, first(tape, x, random)));
        both = new SmallTape(images, (tape, x, random) -> mean(tape, second(tape, first(tape, x, random), random)));
    }

    private static Input images(int batch) {
        int pixels = RandomRows.SIDE * RandomRows.SIDE;
        return RandomRows.images(batch, RandomRows.normal(batch * pixels, new SplittableRandom(1)));
    }

    private static Node first(Tape tape, Node images, RandomGenerator random) {
        Node convolved = convolution(10).record(tape, "one", images, random);
        return Pool.max(2, 2).record(tape, "pool", convolved, random);
    }

    private static Node second(Tape tape, Node below, RandomGenerator random) {
        return convolution(20).record(tape, "two", below, random);
    }

    private static Layer convolution(int filters) {
        return Conv2d.of(filters, KERNEL, KERNEL).activation(new Activation.Relu());
    }

    private static Node mean(Tape tape, Node top) {
        return tape.readout("mean", top, Readout.MEAN);
    }

    /** 10 filters of 5 x 5 on [1, 36, 36], and 2 x 2 maxima. */
    @Benchmark
    public float[] first() {
        return one.pass();
    }

    /** The same, and 20 filters of 5 x 5 on [10, 16, 16]. */
    @Benchmark
    public float[] both() {
        return both.pass();
    }
}
