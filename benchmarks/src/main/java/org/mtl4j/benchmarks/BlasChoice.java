package org.mtl4j.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * GFLOP/s of a layer's three products on the BLAS in use, one line of JSON: the best tenth of many short timings. The
 * library is the one that {@link org.mtl4j.tensor.Blas} finds on this class path.
 */
public final class BlasChoice {

    private static final List<String> SHAPES =
            List.of("64x64x128", "64x128x128", "256x128x128", "64x784x512", "256x784x512", "1024x1024x1024");

    /** One timing covers about this many operations (1e9), so that the clock's grain does not count. */
    private static final double GIGAFLOPS_A_TIMING = 0.02;

    private BlasChoice() {}

    /** Times all shapes; {@code --seconds} is for each product. */
    public static void main(String[] arguments) {
        double seconds = new Options(arguments).number("seconds", 0.3);
        Line line = new Line();
        for (String shape : SHAPES) {
            Gemm gemm = Gemm.of(shape);
            String rates = String.format(
                    Locale.ROOT,
                    "%.0f %.0f %.0f",
                    rate(gemm, gemm::nn, seconds),
                    rate(gemm, gemm::tn, seconds),
                    rate(gemm, gemm::nt, seconds));
            line.put(shape, rates);
        }
        System.out.println(line.process());
    }

    private static double rate(Gemm gemm, Runnable product, double seconds) {
        int repeats = Math.max(1, (int) (GIGAFLOPS_A_TIMING / gemm.gigaflops()));
        measure(product, repeats, seconds / 2);
        double micros = measure(product, repeats, seconds).micros(0.1);
        return repeats * gemm.gigaflops() / (micros * 1e-6);
    }

    private static Times measure(Runnable product, int repeats, double seconds) {
        Times times = new Times();
        long end = System.nanoTime() + (long) (seconds * 1e9);
        do {
            long start = System.nanoTime();
            for (int i = 0; i < repeats; i++) {
                product.run();
            }
            times.add(System.nanoTime() - start);
        } while (System.nanoTime() < end);
        return times;
    }
}
