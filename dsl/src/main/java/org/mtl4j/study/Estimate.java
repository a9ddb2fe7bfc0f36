package org.mtl4j.study;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.mtl4j.show.Html;
import org.mtl4j.show.Show;
import org.mtl4j.train.Ending;
import org.mtl4j.train.History;
import org.mtl4j.train.Length;
import org.mtl4j.train.Plan;
import org.mtl4j.train.Prepared;
import org.mtl4j.train.Spec;
import org.mtl4j.train.Training;

/**
 * How long a study takes, from short pieces of {@link #PIECES} of its trainings at most, evenly chosen from those of the
 * first seed: the time of a training that stops after {@link #STEPS} steps (with one pass over the validation part), and of
 * one that stops after its first. Their difference is the time of the steps; the rest is paid once an epoch. Where an epoch
 * is shorter, the piece is as many whole epochs as fit.
 *
 * @param trainings their number
 * @param workers the threads that they share
 * @param each the mean time of one
 */
public record Estimate(long trainings, int workers, Duration each) implements Show {

    /** Trainings of which a piece is timed. */
    public static final int PIECES = 4;

    /** Steps of a timed piece. */
    public static final int STEPS = 50;

    /** A piece is timed until so many times in a row were not clearly shorter than the least before. */
    static final int SAME = 5;

    /** At most for so long. */
    static final Duration LONGEST = Duration.ofMillis(300);

    /** Times pieces of the trainings of a study; a piece that fails counts as no time, since its training will fail too. */
    static Estimate of(Design design, Study study, int workers) {
        List<TrialSpec> first = design.trials().stream()
                .filter(trial -> trial.seed() == design.axes().repeats().first()
                        && trial.cell().control().isEmpty())
                .toList();
        int pieces = Math.min(PIECES, first.size());
        double sum = 0;
        for (int i = 0; i < pieces; i++) {
            TrialSpec trial = first.get((2 * i + 1) * first.size() / (2 * pieces));
            sum += study.seconds(trial);
        }
        return new Estimate(design.trainings(), workers, Duration.ofNanos((long) (1e9 * sum / pieces)));
    }

    /** The time of a whole training, from two short ones; 0 if the thread is interrupted, which it stays. */
    static double seconds(Spec spec, Prepared prepared, int steps) {
        int rows = prepared.train().rows();
        int perEpoch = spec.plan().stepsPerEpoch(rows);
        if (perEpoch < STEPS) { // a piece of whole epochs, with a validation pass each
            int whole = STEPS / perEpoch * perEpoch;
            return piece(spec, prepared, whole) * steps / whole;
        }
        double one = piece(spec, prepared, 1);
        double perStep = Math.max(0, piece(spec, prepared, STEPS) - one) / (STEPS - 1);
        double epochs = Math.ceil((double) steps / perEpoch);
        return perStep * steps + epochs * one;
    }

    /** The least time of several, until it stays: disturbances and a cold JIT compiler only add to it. */
    private static double piece(Spec spec, Prepared prepared, int steps) {
        long start = System.nanoTime();
        double least = once(spec, prepared, steps);
        for (int same = 0; least > 0 && same < SAME && System.nanoTime() - start < LONGEST.toNanos(); same++) {
            double again = once(spec, prepared, steps);
            same = again < 0.95 * least ? -1 : same;
            least = Math.min(least, again);
        }
        return least;
    }

    private static double once(Spec spec, Prepared prepared, int steps) {
        Plan plan = spec.plan().length(new Length.Steps(steps));
        History history = Training.run(
                spec.graph(prepared), plan, prepared.train(), prepared.validation(), Training.Audience.NOBODY);
        if (history.ending() instanceof Ending.Interrupted) {
            Thread.currentThread().interrupt(); // whoever runs the trainings is to see it
            return 0;
        }
        return history.elapsed().toNanos() / 1e9;
    }

    /** The time of all of it. */
    public Duration total() {
        long busy = Math.min(workers, trainings);
        return busy == 0 ? Duration.ZERO : each.multipliedBy(trainings).dividedBy(busy);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "About %s for %,d trainings on %s: %.2f s each, from %d steps and a validation pass of %d of them.",
                words(total()),
                trainings,
                Design.number(workers, "worker"),
                each.toNanos() / 1e9,
                STEPS,
                Math.min(PIECES, trainings));
    }

    private static String words(Duration time) {
        return time.toMinutes() < 2
                ? Design.number(Math.max(1, Math.round(time.toMillis() / 1000.0)), "second")
                : Design.number(Math.round(time.toSeconds() / 60.0), "minute");
    }

    @Override
    public String toHtml() {
        return "<div>" + Html.escape(toString()) + "</div>";
    }
}
