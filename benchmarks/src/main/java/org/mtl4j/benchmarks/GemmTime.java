package org.mtl4j.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.balance.Balancer;
import org.mtl4j.layer.Mlp;
import org.mtl4j.tensor.Crew;

/**
 * Times the bare matrix products of a training step of a dense net, one after another on matrices of their own, and prints
 * one line of JSON as {@link StepTime} does: what a step would take of nothing but products.
 *
 * <p>Equal weights: a product forward, one back and one for the weights of each layer, none back below the first; all heads
 * in one. A gradient method, each layer's task gradients formed: back with the signals of all tasks stacked, and one for the
 * weights per layer and task.
 *
 * <pre>{@code
 * GemmTime --workload mlp --batch 64 --method pcgrad --threads 1 --warmup-s 1 --measure-s 1
 * }</pre>
 */
public final class GemmTime {

    private GemmTime() {}

    /** Runs one measurement. */
    public static void main(String[] arguments) {
        Options options = new Options(arguments);
        Workload workload = Workload.named(options.word("workload", "mlp"));
        Method method = Method.named(options.word("method", "equal"));
        int batch = options.whole("batch", 64);
        int tasks = options.whole("tasks", workload.tasks);
        List<Runnable> products = products(workload, method, batch, tasks);
        int threads = options.whole("threads", 1);
        Times times = Crew.during(threads, () -> {
            time(products, options.number("warmup-s", 1));
            return time(products, options.number("measure-s", 1));
        });
        System.out.println(new Line()
                .put("workload", workload.word())
                .put("batch", batch)
                .put("tasks", tasks)
                .put("threads", threads)
                .put("method", method.word())
                .put("us_per_step", times.micros(0.5))
                .put("p10_us", times.micros(0.1))
                .put("steps", times.count())
                .process());
    }

    private static Times time(List<Runnable> products, double seconds) {
        Times times = new Times();
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() < end) {
            long start = System.nanoTime();
            for (int p = 0; p < products.size(); p++) {
                products.get(p).run();
            }
            times.add(System.nanoTime() - start);
        }
        return times;
    }

    private static List<Runnable> products(Workload workload, Method method, int batch, int tasks) {
        if (!(workload.encoder() instanceof Mlp mlp)) {
            throw new IllegalArgumentException(
                    "%s is no dense net: its products are not listed here.%nTake mlp or mlp-wide."
                            .formatted(workload.word()));
        }
        boolean separate = method.balancer().needs() != Balancer.Needs.LOSSES;
        List<Runnable> products = new ArrayList<>();
        int in = workload.inputs;
        for (int l = 0; l < mlp.widths().size(); l++) {
            int out = mlp.widths().get(l);
            Gemm one = Gemm.of(batch + "x" + in + "x" + out);
            products.add(one::nn);
            if (l > 0) {
                products.add(Gemm.of((separate ? tasks * batch : batch) + "x" + in + "x" + out)::nt);
            }
            for (int t = 0; t < (separate ? tasks : 1); t++) {
                products.add(Gemm.of(batch + "x" + in + "x" + out)::tn);
            }
            in = out;
        }
        Gemm heads = Gemm.of(batch + "x" + in + "x" + workload.classes * tasks);
        products.add(heads::nn);
        products.add(heads::tn);
        if (separate) {
            for (int t = 0; t < tasks; t++) {
                products.add(Gemm.of(batch + "x" + in + "x" + workload.classes)::nt);
            }
        } else {
            products.add(heads::nt);
        }
        return products;
    }
}
