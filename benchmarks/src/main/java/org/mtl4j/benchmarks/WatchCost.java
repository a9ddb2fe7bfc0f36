package org.mtl4j.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.data.Batch;
import org.mtl4j.train.Plan;
import org.mtl4j.train.Probe;

/**
 * What watching conflict costs: times blocks of as many steps as lie between two probes, in turn with one probe and
 * without, and prints one line of JSON. A block is as a training takes it: the probe, kept, then the steps.
 *
 * <pre>{@code
 * WatchCost --workload mlp --batch 64 --method equal --every 50 --warmup-s 2 --measure-s 4
 * }</pre>
 */
public final class WatchCost {

    private final Stepping stepping;
    private final int every;
    private List<Probe> probes = new ArrayList<>();
    private final Times plain = new Times();
    private final Times watched = new Times();
    private final Times probing = new Times();

    private WatchCost(Stepping stepping, int every) {
        this.stepping = stepping;
        this.every = every;
    }

    /** Runs one measurement. */
    public static void main(String[] arguments) {
        Options options = new Options(arguments);
        Workload workload = Workload.named(options.word("workload", "mlp"));
        Method method = Method.named(options.word("method", "equal"));
        int batch = options.whole("batch", 64);
        int every = options.whole("every", Plan.DEFAULT_WATCH_EVERY);
        Stepping stepping = new Stepping(workload, method, batch, Labels.FRESH);
        stepping.stepper.reserveProbes(batch);
        new WatchCost(stepping, every).run(options.number("warmup-s", 2));
        WatchCost cost = new WatchCost(stepping, every);
        cost.run(options.number("measure-s", 4));
        System.out.println(new Line()
                .put("workload", workload.word())
                .put("batch", batch)
                .put("threads", 1)
                .put("method", method.word())
                .put("every", every)
                .put("plain_us", cost.plain.micros(0.1) / every)
                .put("watched_us", cost.watched.micros(0.1) / every)
                .put("plain_median_us", cost.plain.micros(0.5) / every)
                .put("watched_median_us", cost.watched.micros(0.5) / every)
                .put("probe_us", cost.probing.micros(0.1))
                .put("blocks", cost.watched.count())
                .process());
    }

    private void run(double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() < end) {
            plain.add(block(0));
            probes = new ArrayList<>();
            watched.add(block(1));
        }
    }

    /** One block of steps, the first of them probed if asked; the time spent outside of drawing labels. */
    private long block(int probed) {
        long spent = 0;
        for (int step = 0; step < every; step++) {
            Batch batch = stepping.next();
            long start = System.nanoTime();
            if (step < probed) {
                probes.add(stepping.stepper.probe(batch, 0));
                probing.add(System.nanoTime() - start);
            }
            stepping.stepper.step(batch);
            spent += System.nanoTime() - start;
        }
        return spent;
    }
}
