package org.mtl4j.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
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

/**
 * A training step; the drawing of its labels, less than 1 % of it, is included. What the steps allocate is counted besides: the
 * gc profiler's figure has in it what JMH allocates.
 */
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

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Counts what the steps of an iteration allocate, by the JVM's own count of the thread. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Allocation {
        /** Bytes of these steps. */
        public long bytes;

        /** Steps of this iteration. */
        public long steps;
    }

    /** Builds the net for the parameters at hand. */
    @Setup
    public void build() {
        stepping = new Stepping(workload, method, batch, Labels.FRESH);
    }

    /** One step. */
    @Benchmark
    public double step(Allocation allocation) {
        long before = threads.getCurrentThreadAllocatedBytes();
        stepping.stepper.step(stepping.next());
        allocation.bytes += threads.getCurrentThreadAllocatedBytes() - before;
        allocation.steps++;
        return stepping.stepper.losses()[0];
    }
}
