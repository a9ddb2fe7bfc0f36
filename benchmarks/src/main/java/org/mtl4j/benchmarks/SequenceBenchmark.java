package org.mtl4j.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.mtl4j.data.Input;
import org.mtl4j.data.Inputs;
import org.mtl4j.tensor.Attention;
import org.mtl4j.tensor.Recurrent;
import org.mtl4j.tensor.SequenceLayers;
import org.mtl4j.tensor.TransformerLayers;
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

/** Layers on series of 16 to 32 steps, at width 64: LSTM, GRU, attention of four heads; forward and backward. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SequenceBenchmark {

    private static final int WIDTH = 64;
    private static final int STEPS = 32;

    /** Series of the batch. */
    @Param({"64"})
    public int batch = 64;

    private SmallTape lstm = recurrent(Recurrent.Cell.LSTM, series(1));
    private SmallTape gru = lstm;
    private SmallTape attention = lstm;

    /** Builds the nets for the parameters at hand. */
    @Setup
    public void build() {
        Input series = series(batch);
        lstm = recurrent(Recurrent.Cell.LSTM, series);
        gru = recurrent(Recurrent.Cell.GRU, series);
        Attention heads = new Attention(WIDTH, 4, Attention.Mask.NONE);
        attention = new SmallTape(
                series, (tape, x, random) -> TransformerLayers.selfAttention(tape, "attention", x, heads, random));
    }

    private static SmallTape recurrent(Recurrent.Cell cell, Input series) {
        Recurrent spec = new Recurrent(cell, Recurrent.Direction.FORWARD, WIDTH, WIDTH);
        return new SmallTape(
                series, (tape, x, random) -> SequenceLayers.recurrent(tape, "cell", List.of(x), spec, random));
    }

    private static Input series(int batch) {
        SplittableRandom random = new SplittableRandom(1);
        double[][][] series = new double[batch][][];
        for (int r = 0; r < batch; r++) {
            series[r] = new double[STEPS - r % (STEPS / 2 + 1)][WIDTH];
            for (double[] step : series[r]) {
                Arrays.setAll(step, c -> random.nextGaussian());
            }
        }
        return Inputs.series(series);
    }

    /** An LSTM of 64 states. */
    @Benchmark
    public float[] lstm() {
        return lstm.pass();
    }

    /** A GRU of 64 states. */
    @Benchmark
    public float[] gru() {
        return gru.pass();
    }

    /** Self-attention with its products before and after. */
    @Benchmark
    public float[] attention() {
        return attention.pass();
    }
}
