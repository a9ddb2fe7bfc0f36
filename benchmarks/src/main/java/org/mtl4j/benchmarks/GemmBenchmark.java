package org.mtl4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
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

/** Matrix products on the BLAS in use. The counter {@code gigaflops} is GFLOP/s. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class GemmBenchmark {

    /** Rows x inner x columns of the product. */
    @Param({"64x64x128", "64x128x128", "256x128x128", "64x784x512", "256x784x512", "1024x1024x1024"})
    public String shape = "64x128x128";

    private Gemm gemm = Gemm.of(shape);

    /** Counts floating-point operations. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Flops {
        /** Operations of this iteration, in units of 1e9. */
        public double gigaflops;
    }

    /** Fills the matrices. */
    @Setup
    public void fill() {
        gemm = Gemm.of(shape);
    }

    /** C = A B: a layer's forward pass. */
    @Benchmark
    public float[] forward(Flops flops) {
        flops.gigaflops += gemm.gigaflops();
        return gemm.nn();
    }

    /** C = A^T B: its weight gradient. */
    @Benchmark
    public float[] weightGradient(Flops flops) {
        flops.gigaflops += gemm.gigaflops();
        return gemm.tn();
    }

    /** C = A B^T: its signal to the layer below. */
    @Benchmark
    public float[] signal(Flops flops) {
        flops.gigaflops += gemm.gigaflops();
        return gemm.nt();
    }
}
