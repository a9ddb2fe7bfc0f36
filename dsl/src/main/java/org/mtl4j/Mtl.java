package org.mtl4j;

import java.nio.file.Path;
import java.util.List;
import org.mtl4j.data.Csv;
import org.mtl4j.layer.Encoder;
import org.mtl4j.nd4j.SameDiffLoss;
import org.mtl4j.sharing.Hard;
import org.mtl4j.sharing.Single;
import org.mtl4j.sharing.Soft;
import org.mtl4j.task.Contrastive;
import org.mtl4j.task.Coral;
import org.mtl4j.task.Crf;
import org.mtl4j.task.Fcos;
import org.mtl4j.task.Focal;
import org.mtl4j.task.Loss;
import org.mtl4j.task.MarginRanking;
import org.mtl4j.task.NamedTask;
import org.mtl4j.task.SequenceCrossEntropy;
import org.mtl4j.task.Task;
import org.mtl4j.train.Surface;
import org.tribuo.Output;
import org.tribuo.Trainer;

/**
 * The words of the DSL: one static import brings them all.
 *
 * <pre>{@code
 * import static org.mtl4j.Mtl.*;
 *
 * var casual     = task("casual").regression();
 * var registered = task("registered").regression();
 * var recipe     = hard(mlp(64, 64)).tasks(casual, registered).epochs(20).seed(7);
 * var run        = recipe.fit(data);
 * }</pre>
 */
public final class Mtl extends GradientBalancerWords {

    private Mtl() {}

    // ---------------------------------------------------------------- tasks and losses

    /** A task of this name, which is its column's; it needs a kind next: {@code task("income").binary()}. */
    public static NamedTask task(String name) {
        return Task.named(name);
    }

    /** Softmax cross-entropy, in nats. */
    public static Loss.CrossEntropy crossEntropy() {
        return new Loss.CrossEntropy(0, List.of(), Loss.Reduction.MEAN);
    }

    /** Binary cross-entropy on the log-odds, in nats. */
    public static Loss.BinaryCrossEntropy binaryCrossEntropy() {
        return new Loss.BinaryCrossEntropy(1, Loss.Reduction.MEAN);
    }

    /** Binary cross-entropy on the log-odds of each label, the mean over the known ones, in nats. */
    public static Loss.MultiLabelCrossEntropy multiLabelCrossEntropy() {
        return new Loss.MultiLabelCrossEntropy(List.of(), Loss.Reduction.MEAN);
    }

    /**
     * Focal loss, for one of two or several classes and for labels: {@code focal(2).alpha(0.25)}.
     *
     * @param gamma how much rows that are right already are played down; 2 in the paper
     */
    public static Focal focal(double gamma) {
        return new Focal(gamma, List.of());
    }

    /** Consistent rank logits, the loss of ordered classes. */
    public static Coral coral() {
        return new Coral(List.of());
    }

    /** Margin ranking, the loss of rankings. @param margin by how much the better row's score is to lead */
    public static MarginRanking marginRanking(double margin) {
        return new MarginRanking(margin);
    }

    /** A conditional random field over the tags of a row: {@code task("ner").spans().loss(crf())}. */
    public static Crf crf() {
        return new Crf(Loss.Reduction.MEAN);
    }

    /** Cross-entropy at places, averaged by row first, so that a long row weighs as much as a short one. */
    public static SequenceCrossEntropy sequenceCrossEntropy() {
        return new SequenceCrossEntropy(0);
    }

    /** Contrastive loss of pairs both ways, with a temperature that is learnt: {@code task("match").pairs("image", "text")}. */
    public static Contrastive.Clip clip() {
        return new Contrastive.Clip();
    }

    /** Contrastive loss of pairs from the first input to the second. @param temperature what cosines are divided by */
    public static Contrastive.InfoNce infoNce(double temperature) {
        return new Contrastive.InfoNce(temperature);
    }

    /** Contrastive loss of pairs among all vectors of both inputs. @param temperature what cosines are divided by */
    public static Contrastive.NtXent ntXent(double temperature) {
        return new Contrastive.NtXent(temperature);
    }

    /** FCOS's loss of boxes: classes by focal loss, boxes by GIoU, center-ness: {@code fcos().regression(2).radius(1.5)}. */
    public static Fcos fcos() {
        return Fcos.DEFAULT;
    }

    /** Mean squared error of the standardised target. */
    public static Loss mse() {
        return new Loss.MeanSquaredError(Loss.Reduction.MEAN);
    }

    /** Mean absolute error of the standardised target. */
    public static Loss mae() {
        return new Loss.MeanAbsoluteError(Loss.Reduction.MEAN);
    }

    /** Huber's loss; delta in standard deviations of the target. */
    public static Loss huber(double delta) {
        return new Loss.Huber(delta, Loss.Reduction.MEAN);
    }

    /** Smooth L1: Huber's loss over beta; beta in standard deviations of the target. */
    public static Loss smoothL1(double beta) {
        return new Loss.SmoothL1(beta, Loss.Reduction.MEAN);
    }

    /**
     * A loss of one's own: an ND4J SameDiff expression of predictions and targets, [rows, outputs], differentiated by
     * SameDiff. It sees labelled rows only.
     *
     * <pre>{@code
     * loss("mine", (sd, predictions, targets) -> sd.math().square(predictions.sub(targets)))
     * }</pre>
     *
     * @param name what it prints and is stored as
     */
    public static Loss.Own loss(String name, SameDiffLoss loss) {
        return loss.named(name);
    }

    // ---------------------------------------------------------------- sharing

    /** Hard sharing: one encoder for all tasks, a head for each. L = sum_i w_i L_i. */
    public static Architecture hard(Encoder encoder) {
        return new Architecture.Plain(new Hard(encoder));
    }

    /** Soft sharing: a net for each task, tied by the squared L2 distance of corresponding layers. */
    public static SoftArchitecture soft(Encoder encoder) {
        return new SoftArchitecture(new Soft(encoder, Soft.Penalty.DISTANCE, Soft.DEFAULT_LAMBDA, List.of()));
    }

    /** No sharing: a net for each task, the baseline. */
    public static Architecture single(Encoder encoder) {
        return new Architecture.Plain(new Single(encoder));
    }

    // ---------------------------------------------------------------- data and studies

    /** The user's own data: a CSV file with a header. */
    public static Csv csv(String file) {
        return Csv.of(Path.of(file));
    }

    /** Joint against single-task training of a recipe: who gains, who is harmed, with intervals. */
    public static TransferStudy transfer(Recipe recipe) {
        return TransferStudy.of(recipe);
    }

    /** What each combination of tasks, sharing and balancing does to each task: all of it in one table. */
    public static Ablation ablate(Recipe recipe) {
        return Ablation.of(recipe);
    }

    /**
     * The toy problem of two losses, L1 and L2, of two parameters (Liu et al. 2021, CAGrad): {@code toy().start(-8.5, 7.5)}.
     */
    public static Landscape toy() {
        return toy(1);
    }

    /** The toy problem with its first loss scaled; FAMO's has 0.1 (Liu et al. 2023). */
    public static Landscape toy(double scale) {
        return Landscape.toy(scale);
    }

    /** The loss of a task as a function of a few parameters: answers it, and writes its gradient into the second array. */
    public static Surface surface(String name, Surface.Formula formula) {
        return new Surface(name, formula);
    }

    /** Losses of a few parameters, to see where balancers go: {@code landscape(near, far).start(3, 1)}. */
    public static Landscape landscape(Surface... surfaces) {
        return Landscape.of(List.of(surfaces));
    }

    /** A control: one task, trained by any Tribuo trainer on the same rows, and judged by the same code. */
    public static <T extends Output<T>> Baseline<T> baseline(Task<T> task, Trainer<T> trainer) {
        return new Baseline<>(task, trainer);
    }

    /**
     * The first number in a quick run of a notebook ({@code ./lab run --quick}), else the second.
     *
     * <p>For the one place in a notebook that says how much is computed: {@code transfer(recipe).seeds(quick(2, 8))}.
     */
    public static int quick(int quickly, int fully) {
        return System.getenv(QUICK) != null ? quickly : fully;
    }

    /** The environment variable that marks a quick run. */
    public static final String QUICK = "MTL4J_QUICK";
}
