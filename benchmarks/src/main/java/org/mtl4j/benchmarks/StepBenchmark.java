package org.mtl4j.benchmarks;

import java.util.concurrent.TimeUnit;
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

/** A training step; the drawing of its labels, less than 1 % of it, is included. Run it with {@code -prof gc}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StepBenchmark {

    /** The net. */
    @Param
    public Workload workload = Workload.MLP;

    /** What weighs the tasks. */
    @Param({"EQUAL", "PCGRAD", "UNCERTAINTY"})
    public Method method = Method.EQUAL;

    /** Rows of a step. */
    @Param({"64", "256"})
    public int batch = 64;

    private Stepping stepping = new Stepping(workload, method, batch, Labels.FRESH);

    /** Builds the net for the parameters at hand. */
    @Setup
    public void build() {
        stepping = new Stepping(workload, method, batch, Labels.FRESH);
    }

    /** One step. */
    @Benchmark
    public double step() {
        stepping.stepper.step(stepping.next());
        return stepping.stepper.losses()[0];
    }
}
