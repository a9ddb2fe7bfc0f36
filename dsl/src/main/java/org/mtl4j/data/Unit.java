package org.mtl4j.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.mtl4j.data.TargetColumn.Classes;

/** What a split moves as one: a row, a group, or a row with its class held to the class's share. */
sealed interface Unit {

    /** The row numbers of the three parts, each ascending. */
    List<int[]> assign(MultiTaskData data, Shares shares, SplittableRandom random);

    /** Single rows. */
    record Row() implements Unit {
        @Override
        public List<int[]> assign(MultiTaskData data, Shares shares, SplittableRandom random) {
            return cut(Shuffle.order(data.rows(), random), shares);
        }

        @Override
        public String toString() {
            return "row by row";
        }
    }

    /** Whole groups: in random order, each goes to the part that its middle row falls into. */
    record Group(String column) implements Unit {
        @Override
        public List<int[]> assign(MultiTaskData data, Shares shares, SplittableRandom random) {
            Groups groups = data.group(column);
            int[] sizes = new int[groups.keys().size()];
            for (int r = 0; r < data.rows(); r++) {
                sizes[groups.index(r)]++;
            }
            int[] partOf = new int[sizes.length];
            double before = 0;
            for (int group : Shuffle.order(sizes.length, random)) {
                partOf[group] = shares.part((before + sizes[group] / 2.0) / data.rows());
                before += sizes[group];
            }
            List<int[]> parts = gather(data.rows(), r -> partOf[groups.index(r)]);
            return filled(
                    parts,
                    "column '%s' has %d groups over %s rows"
                            .formatted(column, sizes.length, DataRules.count(data.rows())));
        }

        @Override
        public String toString() {
            return "whole groups of '" + column + "'";
        }
    }

    /**
     * Single rows, each class spread evenly: row k of the m rows of its class (in random order) stands at (k + u) / m, u
     * uniform in [0, 1), and the rows are cut in the order of these positions. Rows without a label are a class.
     */
    record Stratum(String target) implements Unit {
        @Override
        public List<int[]> assign(MultiTaskData data, Shares shares, SplittableRandom random) {
            Classes classes = (Classes) data.target(target);
            int[] sizes = new int[classes.classes().size() + 1];
            for (int r = 0; r < data.rows(); r++) {
                sizes[classes.index(r) + 1]++;
            }
            int[] order = Shuffle.order(data.rows(), random);
            double[] positions = new double[data.rows()];
            int[] before = new int[sizes.length];
            for (int row : order) {
                int stratum = classes.index(row) + 1;
                positions[row] = (before[stratum]++ + Shuffle.unit(random)) / sizes[stratum];
            }
            int[] sorted = Arrays.stream(order)
                    .boxed()
                    .sorted(Comparator.comparingDouble(row -> positions[row]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            return cut(sorted, shares);
        }

        @Override
        public String toString() {
            return "row by row with the class shares of '" + target + "' in each part";
        }
    }

    private static List<int[]> cut(int[] order, Shares shares) {
        int n = order.length;
        int first = (int) Math.round(n * shares.train());
        int second = (int) Math.round(n * (shares.train() + shares.validation()));
        List<int[]> parts = List.of(
                Arrays.copyOfRange(order, 0, first),
                Arrays.copyOfRange(order, first, second),
                Arrays.copyOfRange(order, second, n));
        parts.forEach(Arrays::sort);
        return filled(parts, "there are %s rows".formatted(DataRules.count(n)));
    }

    private static List<int[]> gather(int rows, IntUnaryOperator partOf) {
        List<int[]> parts = new ArrayList<>();
        for (int p = 0; p < 3; p++) {
            int part = p;
            parts.add(IntStream.range(0, rows)
                    .filter(r -> partOf.applyAsInt(r) == part)
                    .toArray());
        }
        return parts;
    }

    private static List<int[]> filled(List<int[]> parts, String had) {
        List<String> names = List.of("training", "validation", "test");
        for (int p = 0; p < parts.size(); p++) {
            if (parts.get(p).length == 0) {
                throw new IllegalArgumentException(
                        "The %s part would be empty: %s.\nGive it a larger share, or more data."
                                .formatted(names.get(p), had));
            }
        }
        return parts;
    }
}
