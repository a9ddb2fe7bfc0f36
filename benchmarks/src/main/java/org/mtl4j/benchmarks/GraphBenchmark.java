package org.mtl4j.benchmarks;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.mtl4j.data.Input;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.GraphAttention;
import org.mtl4j.tensor.GraphConvolution;
import org.mtl4j.tensor.GraphLayers;
import org.mtl4j.tensor.Initialiser;
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

/** Layers on batches of graphs, rings of 6 to 12 nodes with chords: convolution and attention; forward and backward. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class GraphBenchmark {

    private static final int WIDTH = 64;
    private static final int HEADS = 4;
    private static final Initialiser GLOROT = new Initialiser.GlorotUniform();

    /** Graphs of the batch. */
    @Param({"64", "256"})
    public int batch = 64;

    private SmallTape convolution = convolution(graphs(1));
    private SmallTape attention = convolution;

    /** Builds the nets for the parameters at hand. */
    @Setup
    public void build() {
        Input graphs = graphs(batch);
        convolution = convolution(graphs);
        GraphAttention layer = new GraphAttention(
                WIDTH / HEADS,
                HEADS,
                GraphAttention.Merge.CONCATENATE,
                GraphAttention.DEFAULT_SLOPE,
                new Activation.Elu(1));
        attention = new SmallTape(
                graphs, (tape, x, random) -> GraphLayers.attention(tape, "attention", x, layer, GLOROT, random));
    }

    private static SmallTape convolution(Input graphs) {
        GraphConvolution layer = new GraphConvolution(WIDTH, new Activation.Relu());
        return new SmallTape(
                graphs, (tape, x, random) -> GraphLayers.convolution(tape, "convolution", x, layer, GLOROT, random));
    }

    private static Input graphs(int batch) {
        int numbers = RandomRows.NODES * RandomRows.FEATURES;
        return RandomRows.graphs(batch, RandomRows.normal(batch * numbers, new SplittableRandom(1)));
    }

    /** A graph convolution of 16 to 64 features. */
    @Benchmark
    public float[] convolution() {
        return convolution.pass();
    }

    /** Graph attention of four heads of 16. */
    @Benchmark
    public float[] attention() {
        return attention.pass();
    }
}
