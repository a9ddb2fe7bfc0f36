package org.mtl4j.fitted;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * BLEU of a corpus, in [0, 100]: the geometric mean of the clipped precisions of n-grams, n = 1 to 4, times a penalty e^(1 -
 * r/c) where the c words of the hypotheses are fewer than the r of the nearest references (Papineni et al. 2002). Same numbers
 * as sacreBLEU 2.6 gives.
 *
 * <pre>{@code
 * Bleu.of(List.of("the cat sat"), List.of(List.of("the cat sat down")))
 * }</pre>
 *
 * @param score BLEU
 * @param counts per n, the n-grams that some reference has too
 * @param totals per n, the n-grams of the hypotheses
 * @param precisions per n, in percent, smoothed
 * @param penalty the brevity penalty, in [0, 1]
 * @param length words of the hypotheses
 * @param referenceLength words of the nearest references; of two as near, of the shorter
 */
public record Bleu(
        double score,
        List<Integer> counts,
        List<Integer> totals,
        List<Double> precisions,
        double penalty,
        int length,
        int referenceLength) {

    private static final int ORDER = 4;

    public Bleu {
        counts = List.copyOf(counts);
        totals = List.copyOf(totals);
        precisions = List.copyOf(precisions);
    }

    /** How a text becomes words. */
    public enum Words {
        /** Split on blanks. */
        BLANKS {
            @Override
            List<String> of(String text) {
                return List.of(text.strip().split("\\s+", -1));
            }
        },
        /** The tokens of mteval-v13a, as WMT has them: punctuation apart, but for points and commas within numbers. */
        MTEVAL_13A {
            @Override
            List<String> of(String text) {
                return BLANKS.of(tokens13a(text));
            }
        };

        abstract List<String> of(String text);
    }

    /** What stands in for an n-gram precision of 0 (Chen and Cherry 2014). */
    public sealed interface Smoothing {

        /** Nothing: the score is 0. */
        record None() implements Smoothing {}

        /** The k-th count of 0 becomes 1 / 2^k. */
        record Exponential() implements Smoothing {}

        /** A count of 0 becomes this number. */
        record Floor(double count) implements Smoothing {}

        /** Counts and totals of n above 1 grow by this number. */
        record Add(double count) implements Smoothing {}
    }

    /** BLEU with the words of mteval-v13a and exponential smoothing: sacreBLEU's own choice. */
    public static Bleu of(List<String> hypotheses, List<List<String>> references) {
        return of(hypotheses, references, Words.MTEVAL_13A, new Smoothing.Exponential());
    }

    /**
     * BLEU.
     *
     * @param references one or more per hypothesis
     * @throws IllegalArgumentException if a hypothesis has no reference
     */
    public static Bleu of(List<String> hypotheses, List<List<String>> references, Words words, Smoothing smoothing) {
        if (hypotheses.size() != references.size() || references.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException(
                    "%d hypotheses for the references of %d: each needs at least one.\nGive a list of references for each hypothesis."
                            .formatted(hypotheses.size(), references.size()));
        }
        int[] counts = new int[ORDER];
        int[] totals = new int[ORDER];
        int length = 0;
        int referenceLength = 0;
        for (int i = 0; i < hypotheses.size(); i++) {
            List<String> hypothesis = split(hypotheses.get(i), words);
            List<List<String>> each =
                    references.get(i).stream().map(text -> split(text, words)).toList();
            length += hypothesis.size();
            referenceLength += nearest(hypothesis.size(), each);
            for (int n = 1; n <= ORDER; n++) {
                count(hypothesis, each, n, counts, totals);
            }
        }
        return of(counts, totals, length, referenceLength, smoothing);
    }

    private static List<String> split(String text, Words words) {
        return text.isBlank() ? List.of() : words.of(text);
    }

    private static int nearest(int length, List<List<String>> references) {
        int best = references.get(0).size();
        for (List<String> reference : references) {
            int distance = Math.abs(reference.size() - length) - Math.abs(best - length);
            best = distance < 0 || (distance == 0 && reference.size() < best) ? reference.size() : best;
        }
        return best;
    }

    /** Adds the n-grams of a hypothesis; one counts as often as the reference that has it most often has it. */
    private static void count(
            List<String> hypothesis, List<List<String>> references, int n, int[] counts, int[] totals) {
        Map<List<String>, Integer> most = new HashMap<>();
        references.forEach(
                reference -> grams(reference, n).forEach((gram, times) -> most.merge(gram, times, Math::max)));
        grams(hypothesis, n).forEach((gram, times) -> {
            counts[n - 1] += Math.min(times, most.getOrDefault(gram, 0));
            totals[n - 1] += times;
        });
    }

    private static Map<List<String>, Integer> grams(List<String> words, int n) {
        Map<List<String>, Integer> grams = new HashMap<>();
        for (int from = 0; from + n <= words.size(); from++) {
            grams.merge(words.subList(from, from + n), 1, Integer::sum);
        }
        return grams;
    }

    private static Bleu of(int[] counts, int[] totals, int length, int referenceLength, Smoothing smoothing) {
        double penalty =
                length >= referenceLength ? 1 : length == 0 ? 0 : StrictMath.exp(1 - (double) referenceLength / length);
        double[] precisions = new double[ORDER];
        boolean any = counts[0] > 0;
        double halved = 1;
        for (int n = 0; any && n < ORDER; n++) {
            double added = smoothing instanceof Smoothing.Add add && n > 0 ? add.count() : 0;
            double count = counts[n] + added;
            double total = totals[n] + added;
            if (total == 0) {
                break;
            }
            if (count == 0 && smoothing instanceof Smoothing.Exponential) {
                halved *= 2;
                count = 1 / halved;
            } else if (count == 0 && smoothing instanceof Smoothing.Floor floor) {
                count = floor.count();
            }
            precisions[n] = 100 * count / total;
        }
        double logSum = 0;
        List<Double> listed = new ArrayList<>();
        for (double precision : precisions) {
            logSum += StrictMath.log(precision); // of 0: minus infinity, and so a score of 0
            listed.add(precision);
        }
        double score = any ? penalty * StrictMath.exp(logSum / ORDER) : 0;
        return new Bleu(score, list(counts), list(totals), listed, penalty, length, referenceLength);
    }

    private static List<Integer> list(int[] numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }

    private static String tokens13a(String text) {
        String line = text.replace("<skipped>", "").replace("-\n", "").replace("\n", " ");
        line = line.replace("&quot;", "\"")
                .replace("&amp;", "&")
                .replace("&lt;", "<")
                .replace("&gt;", ">");
        return (" " + line.stripTrailing() + " ")
                .replaceAll("([{-~\\[-` -&(-+:-@/])", " $1 ") // punctuation, but for ' , - .
                .replaceAll("([^0-9])([.,])", "$1 $2 ")
                .replaceAll("([.,])([^0-9])", " $1 $2")
                .replaceAll("([0-9])(-)", "$1 $2 ");
    }

    /** {@code BLEU 79.4 (95.8/85.7/77.8/73.3, brevity penalty 0.959)}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "BLEU %.1f (%.1f/%.1f/%.1f/%.1f, brevity penalty %.3f)",
                score,
                precisions.get(0),
                precisions.get(1),
                precisions.get(2),
                precisions.get(3),
                penalty);
    }
}
