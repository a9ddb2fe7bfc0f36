package org.mtl4j.benchmarks;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.mtl4j.optimise.Adam;
import org.mtl4j.optimise.Update;
import org.mtl4j.task.Labelled;
import org.mtl4j.task.LossKernel;
import org.mtl4j.task.Task;
import org.mtl4j.tensor.Activation;
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

/** The loops of a step beside its products, at the sizes of workload mlp. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class KernelBenchmark {

    private static final int WIDTH = 128;
    private static final int CLASSES = 10;
    private static final int PARAMETERS = 27_412;

    /** Rows of the batch. */
    @Param({"64", "256"})
    public int batch = 64;

    private final Activation relu = new Activation.Relu();
    private final LossKernel crossEntropy =
            new LossKernel(Task.named("t").classes().loss());
    private final Labelled labelled = new Labelled();
    private final Update adam = Adam.of(Stepping.RATE).start(PARAMETERS);
    private float[] x = new float[0];
    private float[] y = new float[0];
    private float[] signal = new float[0];
    private float[] values = new float[0];
    private float[] gradient = new float[0];

    /** Fills the arrays. */
    @Setup
    public void fill() {
        SplittableRandom random = new SplittableRandom(1);
        x = RandomRows.normal(batch * WIDTH, random);
        y = new float[batch * WIDTH];
        signal = RandomRows.normal(batch * WIDTH, random);
        values = RandomRows.normal(PARAMETERS, random);
        gradient = RandomRows.normal(PARAMETERS, random);
        float[] targets = new float[batch];
        for (int r = 0; r < batch; r++) {
            targets[r] = random.nextInt(CLASSES);
        }
        int[] rows = IntStream.range(0, batch).toArray();
        labelled.outputs(RandomRows.normal(batch * CLASSES, random), new float[batch * CLASSES], 0, CLASSES, CLASSES)
                .targets(targets, 1, rows, batch);
    }

    /** y = max(x, 0) over [batch, 128]. */
    @Benchmark
    public float[] relu() {
        relu.forward(x, y, batch, WIDTH);
        return y;
    }

    /** The signal through ReLU's derivative, over [batch, 128]. */
    @Benchmark
    public float[] reluBackward() {
        relu.backward(x, x, null, batch, 1, WIDTH, signal, 0, y);
        return signal;
    }

    /** Softmax, cross-entropy and its signal over [batch, 10]. */
    @Benchmark
    public double softmaxCrossEntropy() {
        return crossEntropy.evaluate(labelled, 1);
    }

    /** One update of as many parameters as mlp has. */
    @Benchmark
    public float[] adam() {
        adam.step(values, gradient, Stepping.RATE);
        return values;
    }
}
