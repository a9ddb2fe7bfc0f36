package org.mtl4j.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import org.mtl4j.data.Batch;
import org.mtl4j.tensor.Crew;

/**
 * Times training steps one by one and prints one line of JSON, in the words of the peers' scripts: {@code us_per_step}
 * is the median, {@code p10_us} the lowest tenth. Drawing labels is not timed; a step is forward, losses, weights,
 * gradient and Adam, on a batch in memory. Conflict is not watched. {@code bytes_per_step} is what a step allocates.
 *
 * <pre>{@code
 * StepTime --workload mlp --batch 64 --method pcgrad --threads 1 --labels fresh --warmup-s 2 --measure-s 2
 * }</pre>
 */
public final class StepTime {

    /** Steps over which allocated bytes are counted. */
    private static final int COUNTED = 200;

    private StepTime() {}

    /** Runs one measurement. */
    public static void main(String[] arguments) {
        Options options = new Options(arguments);
        Workload workload = Workload.named(options.word("workload", "mlp"));
        Method method = Method.named(options.word("method", "equal"));
        Labels labels = Labels.valueOf(options.word("labels", "fresh").toUpperCase(Locale.ROOT));
        int batch = options.whole("batch", 64);
        int tasks = options.whole("tasks", workload.tasks);
        int threads = options.whole("threads", 1);
        Stepping stepping = new Stepping(workload, method, batch, labels, tasks);
        Times times = Crew.during(threads, () -> {
            stepping.warmUp(options.number("warmup-s", 2));
            return measure(stepping, options.number("measure-s", 2));
        });
        System.out.println(new Line()
                .put("workload", workload.word())
                .put("batch", batch)
                .put("tasks", tasks)
                .put("threads", threads)
                .put("method", method.word())
                .put("labels", labels.name().toLowerCase(Locale.ROOT))
                .put("us_per_step", times.micros(0.5))
                .put("p10_us", times.micros(0.1))
                .put("steps", times.count())
                .put("bytes_per_step", bytesAStep(stepping))
                .put("losses", Arrays.toString(stepping.stepper.losses()))
                .process());
    }

    private static Times measure(Stepping stepping, double seconds) {
        Times times = new Times();
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() < end) {
            Batch batch = stepping.next();
            long start = System.nanoTime();
            stepping.stepper.step(batch);
            times.add(System.nanoTime() - start);
        }
        return times;
    }

    /** What this thread allocates in a step, exactly. */
    private static double bytesAStep(Stepping stepping) {
        if (!(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads)) {
            return Double.NaN;
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < COUNTED; i++) {
            stepping.stepper.step(stepping.next());
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / (double) COUNTED;
    }
}
