package org.mtl4j.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.mtl4j.tensor.Blas;

/** Mutable: one line of JSON that a main prints, with what every line says about the process. */
final class Line {

    private final StringBuilder fields = new StringBuilder();

    Line put(String name, String value) {
        return raw(name, '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
    }

    Line put(String name, int value) {
        return raw(name, String.valueOf(value));
    }

    /** A number with one decimal; null where it is not finite. */
    Line put(String name, double value) {
        return raw(name, Double.isFinite(value) ? String.format(Locale.ROOT, "%.1f", value) : "null");
    }

    /** A value that is JSON already. */
    Line json(String name, String value) {
        return raw(name, value);
    }

    private Line raw(String name, String value) {
        fields.append(fields.isEmpty() ? "" : ", ")
                .append('"')
                .append(name)
                .append("\": ")
                .append(value);
        return this;
    }

    /** Adds what the process is and has used so far. */
    Line process() {
        return put("peak_rss_mb", peakMegabytes())
                .put("blas", Blas.describe())
                .put("jdk", Runtime.version().toString())
                .put("gc", collectors());
    }

    private static String collectors() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(GarbageCollectorMXBean::getName)
                .collect(Collectors.joining(", "));
    }

    /** Peak resident memory of this process, MB; NaN where the system does not tell. */
    private static double peakMegabytes() {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return Double.NaN;
        }
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            throw new UncheckedIOException("Peak memory could not be read from %s.".formatted(status), e);
        }
    }

    @Override
    public String toString() {
        return "{" + fields + "}";
    }
}
