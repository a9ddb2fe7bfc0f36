package org.mtl4j.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.mtl4j.tensor.Gram;
import org.mtl4j.train.Balancing;
import org.mtl4j.train.Ending;
import org.mtl4j.train.Epoch;
import org.mtl4j.train.History;
import org.mtl4j.train.Probe;

/** Made-up histories for the tests of measures and charts: the same arguments, the same history. */
public final class Histories {

    private Histories() {}

    /** A history of these tasks and layers with these probes, {@code epochs} epochs of 100 steps. */
    public static History of(List<String> tasks, List<String> layers, int epochs, List<Probe> probes) {
        Random random = new Random(7);
        List<Epoch> list = new ArrayList<>();
        for (int e = 1; e <= epochs; e++) {
            List<Double> train = new ArrayList<>();
            List<Double> validation = new ArrayList<>();
            List<Double> weights = new ArrayList<>();
            for (int t = 0; t < tasks.size(); t++) {
                double level = 0.3 + 0.1 * t;
                train.add(level * (0.4 + 1.2 * Math.exp(-e / 6.0)) + 0.01 * random.nextGaussian());
                validation.add(level * (0.5 + 1.1 * Math.exp(-e / 5.0) + 0.006 * e) + 0.015 * random.nextGaussian());
                weights.add(1 + 0.5 * Math.sin(0.3 * e + t));
            }
            double criterion = validation.stream().mapToDouble(v -> v).average().orElseThrow();
            list.add(
                    new Epoch(e, 100 * e, train, validation, criterion, weights, 0, 1e-3, Duration.ofMillis(500L * e)));
        }
        return new History(
                tasks,
                layers,
                History.Compared.SHARED,
                list,
                probes,
                probes.isEmpty() ? 0 : 10,
                Math.min(epochs, 12),
                "mean validation loss",
                new Ending.Completed(),
                Duration.ofMillis(500L * epochs),
                Duration.ofMillis(5L * epochs));
    }

    /** The history of {@code epochs} epochs with a probe every 10 steps of random gradients that drift apart. */
    public static History drifting(List<String> tasks, int epochs) {
        List<String> layers = List.of("dense 1", "dense 2");
        Random random = new Random(11);
        List<Probe> probes = new ArrayList<>();
        for (int step = 0; step < 100 * epochs; step += 10) {
            double drift = 0.8 - 1.2 * step / (100.0 * epochs);
            Gram first = gram(tasks.size(), drift + 0.3, random);
            Gram second = gram(tasks.size(), drift, random);
            probes.add(new Probe(1 + step / 100, step, sum(first, second), List.of(first, second)));
        }
        return of(tasks, layers, epochs, probes);
    }

    /** The history of one epoch with this record of its balancer. */
    public static History balanced(List<String> tasks, Balancing balancing) {
        History plain = of(tasks, List.of(), 1, List.of());
        return new History(
                plain.tasks(),
                plain.layers(),
                plain.compared(),
                plain.epochs(),
                plain.probes(),
                plain.watchEvery(),
                plain.bestEpoch(),
                plain.criterion(),
                plain.ending(),
                plain.elapsed(),
                plain.probing(),
                balancing,
                plain.notes());
    }

    /** A record of so many points of so many batches each, whose weights sway and scatter; its steps took 2 s. */
    public static Balancing swaying(int tasks, int points, int batches) {
        Random random = new Random(13);
        List<Balancing.Point> list = new ArrayList<>();
        for (int p = 0; p < points; p++) {
            List<Balancing.Weighed> each = new ArrayList<>();
            for (int t = 0; t < tasks; t++) {
                double weight = 1 + 0.5 * Math.sin(4.0 * p / points + 0.7 * t) + 0.1 * random.nextGaussian();
                double spread = batches == 1 ? 0 : 0.2;
                double loss = weight * (0.3 + 0.1 * t) * Math.exp(-2.0 * p / points);
                each.add(new Balancing.Weighed(weight, weight - spread, weight + spread, 0, loss));
            }
            list.add(new Balancing.Point(p * batches, batches, each, 3L * batches, 5));
        }
        List<Double> first =
                list.get(0).tasks().stream().map(Balancing.Weighed::mean).toList();
        List<Double> last = list.get(points - 1).tasks().stream()
                .map(Balancing.Weighed::mean)
                .toList();
        return new Balancing(first, last, list, Balancing.Update.COMBINATION, time(1950, 0, 0, 50, 0, 0));
    }

    /** Times in milliseconds. */
    public static Balancing.Time time(long rest, long signals, long gram, long weighing, long hearing, long sampling) {
        return new Balancing.Time(
                Duration.ofMillis(rest),
                Duration.ofMillis(signals),
                Duration.ofMillis(gram),
                Duration.ofMillis(weighing),
                Duration.ofMillis(hearing),
                Duration.ofMillis(sampling));
    }

    /** A probe whose one layer is the total. */
    public static Probe probe(int step, double... values) {
        Gram gram = Gram.of((int) Math.sqrt(values.length), values);
        return new Probe(1, step, gram, List.of(gram));
    }

    /** The names 'task 1', 'task 2', ... */
    public static List<String> names(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "task " + i).toList();
    }

    private static Gram gram(int tasks, double common, Random random) {
        int size = 12;
        double[][] gradients = new double[tasks][size];
        double[] base = random.doubles(size, -1, 1).toArray();
        for (int t = 0; t < tasks; t++) {
            double sign = t % 2 == 0 ? 1 : common;
            for (int k = 0; k < size; k++) {
                gradients[t][k] = (1 + t % 3) * (sign * base[k] + 0.5 * random.nextGaussian());
            }
        }
        double[] values = new double[tasks * tasks];
        for (int i = 0; i < tasks; i++) {
            for (int j = 0; j < tasks; j++) {
                for (int k = 0; k < size; k++) {
                    values[i * tasks + j] += gradients[i][k] * gradients[j][k];
                }
            }
        }
        return Gram.of(tasks, values);
    }

    private static Gram sum(Gram a, Gram b) {
        double[] values = a.toArray();
        double[] more = b.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] += more[i];
        }
        return Gram.of(a.tasks(), values);
    }
}
