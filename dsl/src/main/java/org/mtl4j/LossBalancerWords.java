package org.mtl4j;

import java.util.Map;
import org.mtl4j.balance.Alternating;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.ByLabels;
import org.mtl4j.balance.Curriculum;
import org.mtl4j.balance.Dtp;
import org.mtl4j.balance.Dwa;
import org.mtl4j.balance.Equal;
import org.mtl4j.balance.Famo;
import org.mtl4j.balance.Fixed;
import org.mtl4j.balance.Gls;
import org.mtl4j.balance.Go4Align;
import org.mtl4j.balance.Igb;
import org.mtl4j.balance.Importance;
import org.mtl4j.balance.ImtlL;
import org.mtl4j.balance.LogLosses;
import org.mtl4j.balance.LossSampling;
import org.mtl4j.balance.Preference;
import org.mtl4j.balance.Rlw;
import org.mtl4j.balance.Scalariser;
import org.mtl4j.balance.Stch;
import org.mtl4j.balance.TunedFixed;
import org.mtl4j.balance.Uncertainty;
import org.mtl4j.balance.UwSo;
import org.mtl4j.task.Task;

/** The words for balancers that weigh tasks by their losses. {@link Mtl} brings them. */
abstract class LossBalancerWords extends OptimiserWords {

    LossBalancerWords() {}

    /** Every task weighs 1. */
    public static Balancer equal() {
        return new Equal();
    }

    /** Given weights: {@code fixed().with(casual, 1).with(registered, 0.5)}; every task needs one. */
    public static Fixed fixed() {
        return new Fixed(Map.of());
    }

    /** Given weights by task: {@code fixed(casual, 1).with(registered, 0.5)}. */
    public static Fixed fixed(Task<?> task, double weight) {
        return new Fixed(Map.of(task.name(), weight));
    }

    /** Given weights by task name. */
    public static Fixed fixed(Map<String, Double> weights) {
        return new Fixed(weights);
    }

    /** Weights by stated importance: {@code importance().with(casual, 3).with(registered, 1)}; every task needs a share. */
    public static Importance importance() {
        return new Importance(Map.of());
    }

    /** Weights by stated importance: {@code importance(casual, 3).with(registered, 1)} weighs them 1.5 and 0.5. */
    public static Importance importance(Task<?> task, double share) {
        return importance().with(task, share);
    }

    /** Fixed weights chosen on validation data, the control of all methods: {@code tunedFixed().grid(5)}, {@code .random(12)}. */
    public static TunedFixed tunedFixed() {
        return TunedFixed.standard();
    }

    /** Weights by number of training labels; {@code .power(-1)} for the inverse. */
    public static ByLabels byLabels() {
        return new ByLabels(ByLabels.DEFAULT_POWER);
    }

    /** Homoscedastic uncertainty (Kendall et al. 2018): weights from trained log variances; {@code .positive()} has no log blow-up. */
    public static Uncertainty uncertainty() {
        return new Uncertainty(Uncertainty.DEFAULT_INITIAL);
    }

    /** Fast adaptive multitask optimization (Liu et al. 2023): all losses are to fall at one relative rate. */
    public static Famo famo() {
        return Famo.asPublished();
    }

    /** Dynamic weight average (Liu et al. 2019): weights from how fast losses fall. */
    public static Dwa dwa() {
        return Dwa.asPublished();
    }

    /** Geometric loss strategy (Chennupati et al. 2019): the geometric mean of the losses. */
    public static Gls gls() {
        return new Gls();
    }

    /** Random loss weighting (Lin et al. 2021): new random weights in each step, as a control. */
    public static Rlw rlw() {
        return Rlw.asPublished();
    }

    /** Impartial learning by the losses (Liu et al. 2021): trained scales that bring all losses to one size. */
    public static ImtlL imtlL() {
        return new ImtlL();
    }

    /** Soft optimal uncertainty weighting (Kirchdorfer et al. 2024): the softmax of the inverse losses. */
    public static UwSo uwSo() {
        return new UwSo(UwSo.DEFAULT_TEMPERATURE);
    }

    /** Smooth Tchebycheff in log space (Lin et al. 2024): the task farthest from its early loss counts most. */
    public static Stch stch() {
        return Stch.asPublished();
    }

    /** The task that is worst off counts alone: {@code chebyshev().with(casual, 0.7).with(registered, 0.3)}. */
    public static Preference chebyshev() {
        return Preference.of(new Scalariser.Chebyshev());
    }

    /** The tasks that are worst off count most (Lin et al. 2024, eq. 9). @param mu the lower, the fewer they are */
    public static Preference smoothChebyshev(double mu) {
        return Preference.of(new Scalariser.SmoothChebyshev(mu));
    }

    /** Penalty-based boundary intersection (Zhang and Li 2007): losses in the proportions of the preferences. */
    public static Preference pbi(double theta) {
        return Preference.of(new Scalariser.Pbi(theta));
    }

    /** The objective of COSMOS (Ruchte and Grabocka 2021): the weighted sum, with a cosine penalty. */
    public static Preference cosmos(double lambda) {
        return Preference.of(new Scalariser.Cosmos(lambda));
    }

    /** The sum of the logarithms of the losses: no loss counts more for its units. */
    public static LogLosses logLosses() {
        return new LogLosses();
    }

    /** Improvable gap balancing (Dai et al. 2023): the task that has fallen least since an early epoch counts most. */
    public static Igb igb() {
        return Igb.asPublished();
    }

    /** Group optimisation for alignment (Shen et al. 2024): tasks of like progress share a weight. */
    public static Go4Align go4align() {
        return Go4Align.asPublished();
    }

    /** Dynamic task prioritisation (Guo et al. 2018): the focal loss of how well a task does. */
    public static Dtp dtp() {
        return Dtp.asPublished();
    }

    /** One task a step, in turn; {@code .every(50)} for turns of 50 steps. */
    public static Alternating alternating() {
        return new Alternating(Alternating.DEFAULT_TURN);
    }

    /** One task a step, drawn in proportion to the losses. */
    public static LossSampling sampleByLoss() {
        return new LossSampling();
    }

    /** Tasks that join later: {@code curriculum().from(registered, 3).ramp(2)}; the others are there from epoch 0. */
    public static Curriculum curriculum() {
        return new Curriculum(Map.of(), Curriculum.DEFAULT_RAMP);
    }
}
