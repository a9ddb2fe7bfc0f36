package org.mtl4j.fitted;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Average precision of boxes by the rules of COCO (pycocotools' cocoeval, all areas): detections take the true boxes of their
 * image and class by descending score, each the one of greatest IoU that is free; precision is made non-increasing and
 * sampled at the recalls 0, 0.01, ..., 1; thresholds of the IoU are 0.5, 0.55, ..., 0.95.
 */
final class BoxPrecision {

    /** The most detections of an image and class that count. */
    static final int MOST = 100;

    private static final int THRESHOLDS = 10;
    private static final int RECALLS = 101;
    private static final double FIRST = 0.5;
    private static final double STEP = (0.95 - 0.5) / (THRESHOLDS - 1);

    /** A rectangle, x1 &lt;= x2 and y1 &lt;= y2, in pixels. */
    record Box(double x1, double y1, double x2, double y2) {

        double area() {
            return (x2 - x1) * (y2 - y1);
        }

        double intersection(Box other) {
            double width = Math.min(x2, other.x2) - Math.max(x1, other.x1);
            double height = Math.min(y2, other.y2) - Math.max(y1, other.y1);
            return width > 0 && height > 0 ? width * height : 0;
        }
    }

    /** A true box. @param crowd whether it is a crowd: not to be found itself, and no detection within it counts */
    record Truth(int image, int label, Box box, boolean crowd) {

        /** Intersection over union; of a crowd, over the detection alone. */
        double overlap(Box detected) {
            double inter = box.intersection(detected);
            double whole = crowd ? detected.area() : box.area() + detected.area() - inter;
            return whole == 0 ? 0 : inter / whole;
        }
    }

    /** A predicted box with its score. */
    record Detection(int image, int label, Box box, double score) {}

    /** What became of a detection at one threshold. */
    private enum Fate {
        RIGHT,
        WRONG,
        IGNORED
    }

    private record Judged(double score, Fate fate) {}

    private final int classes;
    /** By class and image; crowds last. */
    private final Map<Integer, Map<Integer, List<Truth>>> truths;
    /** By class and image, by descending score. */
    private final Map<Integer, Map<Integer, List<Detection>>> detections;

    BoxPrecision(List<Truth> truths, List<Detection> detections, int classes) {
        this.classes = classes;
        this.truths = truths.stream()
                .sorted(Comparator.comparing(Truth::crowd))
                .collect(groupingBy(Truth::label, groupingBy(Truth::image)));
        this.detections = detections.stream()
                .sorted(Comparator.comparingDouble(each -> -each.score())) // stable: equal scores stay in order
                .collect(groupingBy(Detection::label, groupingBy(Detection::image)));
    }

    /** The t-th threshold of the IoU. */
    static double threshold(int t) {
        return FIRST + t * STEP;
    }

    /** The average precision at the t-th threshold of one class; NaN where the class has no true box. */
    double of(int t, int label) {
        int there = there(label);
        if (there == 0) {
            return Double.NaN;
        }
        List<Judged> judged = judge(t, label, MOST);
        double[] recall = new double[judged.size()];
        double[] precision = new double[judged.size()];
        int right = 0;
        for (int i = 0; i < recall.length; i++) {
            right += judged.get(i).fate() == Fate.RIGHT ? 1 : 0;
            recall[i] = (double) right / there;
            precision[i] = (double) right / (i + 1);
        }
        for (int i = precision.length - 1; i > 0; i--) {
            precision[i - 1] = Math.max(precision[i - 1], precision[i]);
        }
        double sum = 0;
        for (int s = 0, i = 0; s < RECALLS; s++) {
            double wanted = s == RECALLS - 1 ? 1 : s * (1.0 / (RECALLS - 1));
            while (i < recall.length && recall[i] < wanted) {
                i++;
            }
            sum += i < recall.length ? precision[i] : 0;
        }
        return sum / RECALLS;
    }

    /** The share of the true boxes of a class that its best {@code most} detections an image find; NaN without any. */
    private double recall(int t, int label, int most) {
        long right = judge(t, label, most).stream()
                .filter(each -> each.fate() == Fate.RIGHT)
                .count();
        int there = there(label);
        return there == 0 ? Double.NaN : (double) right / there;
    }

    private int there(int label) {
        return (int) truths.getOrDefault(label, Map.of()).values().stream()
                .flatMap(List::stream)
                .filter(truth -> !truth.crowd())
                .count();
    }

    /** The mean over the thresholds [from, to) and the classes with a true box. */
    double mean(int from, int to) {
        return IntStream.range(from, to)
                .boxed()
                .flatMap(t -> IntStream.range(0, classes).mapToObj(label -> of(t, label)))
                .mapToDouble(Double::doubleValue)
                .filter(ap -> !Double.isNaN(ap))
                .average()
                .orElse(Double.NaN);
    }

    /** AP: the mean over all thresholds and classes. */
    double mean() {
        return mean(0, THRESHOLDS);
    }

    /** AP50: the mean over the classes at an IoU of 0.5. */
    double at50() {
        return mean(0, 1);
    }

    /** AP75: the mean over the classes at an IoU of 0.75. */
    double at75() {
        return mean(THRESHOLDS / 2, THRESHOLDS / 2 + 1);
    }

    /** AR: the mean recall over all thresholds and classes of the best {@code most} detections an image and class. */
    double averageRecall(int most) {
        return IntStream.range(0, THRESHOLDS)
                .boxed()
                .flatMap(t -> IntStream.range(0, classes).mapToObj(label -> recall(t, label, most)))
                .mapToDouble(Double::doubleValue)
                .filter(recall -> !Double.isNaN(recall))
                .average()
                .orElse(Double.NaN);
    }

    /** The detections of a class that count, by descending score. */
    private List<Judged> judge(int t, int label, int most) {
        List<Judged> judged = new ArrayList<>();
        new TreeMap<>(detections.getOrDefault(label, Map.of()))
                .forEach((image, found) -> judged.addAll(
                        judge(t, truths.getOrDefault(label, Map.of()).getOrDefault(image, List.of()), found, most)));
        judged.removeIf(each -> each.fate() == Fate.IGNORED);
        judged.sort(Comparator.comparingDouble(each -> -each.score()));
        return judged;
    }

    private static List<Judged> judge(int t, List<Truth> there, List<Detection> found, int most) {
        boolean[] taken = new boolean[there.size()];
        List<Judged> judged = new ArrayList<>();
        for (Detection each : found.subList(0, Math.min(most, found.size()))) {
            int match = match(each.box(), there, taken, Math.min(threshold(t), 1 - 1e-10));
            if (match >= 0) {
                taken[match] = true;
            }
            Fate fate = match < 0 ? Fate.WRONG : there.get(match).crowd() ? Fate.IGNORED : Fate.RIGHT;
            judged.add(new Judged(each.score(), fate));
        }
        return judged;
    }

    /** The free box of greatest overlap, of equals the later; a crowd only where no box is free. -1 for none. */
    private static int match(Box box, List<Truth> there, boolean[] taken, double threshold) {
        double best = threshold;
        int match = -1;
        for (int g = 0; g < taken.length; g++) {
            Truth truth = there.get(g);
            if (truth.crowd() && match >= 0 && !there.get(match).crowd()) {
                break;
            }
            if ((!taken[g] || truth.crowd()) && truth.overlap(box) >= best) {
                best = truth.overlap(box);
                match = g;
            }
        }
        return match;
    }
}
