package org.mtl4j;

import java.util.Arrays;
import java.util.stream.Stream;
import org.mtl4j.balance.AlignedMtl;
import org.mtl4j.balance.AutoLambda;
import org.mtl4j.balance.AuxiNash;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.CaGrad;
import org.mtl4j.balance.ConFig;
import org.mtl4j.balance.ConflictGraph;
import org.mtl4j.balance.DbMtl;
import org.mtl4j.balance.DualProj;
import org.mtl4j.balance.Every;
import org.mtl4j.balance.ExcessMtl;
import org.mtl4j.balance.FairGrad;
import org.mtl4j.balance.GradDrop;
import org.mtl4j.balance.GradNorm;
import org.mtl4j.balance.GradVac;
import org.mtl4j.balance.GradientSimilarity;
import org.mtl4j.balance.Imtl;
import org.mtl4j.balance.ImtlG;
import org.mtl4j.balance.Krum;
import org.mtl4j.balance.Mgda;
import org.mtl4j.balance.MoCo;
import org.mtl4j.balance.MoDo;
import org.mtl4j.balance.NashMtl;
import org.mtl4j.balance.OlAux;
import org.mtl4j.balance.Own;
import org.mtl4j.balance.OwnDirection;
import org.mtl4j.balance.PcGrad;
import org.mtl4j.balance.Pcd;
import org.mtl4j.balance.ProjectOut;
import org.mtl4j.balance.SdmGrad;
import org.mtl4j.balance.Smoothed;
import org.mtl4j.balance.TrimmedMean;
import org.mtl4j.balance.UpGrad;
import org.mtl4j.nd4j.Nd4jDirection;
import org.mtl4j.task.Task;

/** The words for balancers that weigh tasks by their gradients, and for one's own. {@link Mtl} brings them. */
abstract class GradientBalancerWords extends LossBalancerWords {

    GradientBalancerWords() {}

    /** Multiple-gradient descent (Désidéri 2012, Sener and Koltun 2018): the shortest common descent direction. */
    public static Mgda mgda() {
        return Mgda.asPublished();
    }

    /** Projecting conflicting gradients (Yu et al. 2020). */
    public static PcGrad pcgrad() {
        return PcGrad.asPublished();
    }

    /** Conflict-averse gradient descent (Liu et al. 2021) with c = 0.5: the best for the worst-served task near the mean. */
    public static CaGrad cagrad() {
        return CaGrad.of(CaGrad.DEFAULT_C);
    }

    /** Conflict-averse gradient descent (Liu et al. 2021) with this c: how far from the mean gradient it goes. */
    public static CaGrad cagrad(double c) {
        return CaGrad.of(c);
    }

    /** Unconflicting projection of gradients (Quinton and Rey 2024). */
    public static UpGrad upgrad() {
        return UpGrad.asPublished();
    }

    /** The mean gradient, projected so that it conflicts with no task (Lopez-Paz and Ranzato 2017). */
    public static DualProj dualproj() {
        return DualProj.asPublished();
    }

    /** The Nash bargaining solution (Navon et al. 2022). */
    public static NashMtl nashMtl() {
        return NashMtl.asPublished();
    }

    /** Fair resource allocation (Ban and Ji 2024); alpha = 1 is proportional fairness, 2 favours the worst-served task. */
    public static FairGrad fairgrad(double alpha) {
        return FairGrad.of(alpha);
    }

    /** Impartial multi-task learning by gradients (Liu et al. 2021): equal projections of the update onto all of them. */
    public static ImtlG imtlG() {
        return ImtlG.asPublished();
    }

    /** Aligned multi-task learning (Senushkin et al. 2023): gradients turned until they are orthogonal. */
    public static AlignedMtl alignedMtl() {
        return AlignedMtl.asPublished();
    }

    /** Conflict-free training (Liu, Chu and Thuerey 2024): the same cosine with all gradients. */
    public static ConFig config() {
        return ConFig.asPublished();
    }

    /** Gradient vaccine (Wang et al. 2021): PCGrad with a learned target for each pair's cosine. */
    public static GradVac gradvac() {
        return GradVac.asPublished();
    }

    /** Gradient normalisation (Chen et al. 2018): weights are trained until all weighted gradients are of one length. */
    public static GradNorm gradnorm() {
        return GradNorm.asPublished();
    }

    /** Impartial multi-task learning (Liu et al. 2021): {@link #imtlG} on losses that {@link #imtlL} has scaled to one size. */
    public static Imtl imtl() {
        return new Imtl();
    }

    /** Gradient sign dropout (Chen et al. 2020): one sign is drawn at each shared parameter, or {@code .atRepresentation()}. */
    public static GradDrop graddrop() {
        return new GradDrop(GradDrop.DEFAULT_LEAK);
    }

    /** Dual balancing (Lin et al. 2023): log losses, and running means of their gradients at one length. */
    public static DbMtl dbMtl() {
        return DbMtl.asPublished();
    }

    /** Gradients with correction (Fernando et al. 2023): tracked gradients, and weights that move slowly. */
    public static MoCo moco() {
        return MoCo.asPublished();
    }

    /** Double sampling (Chen, Fernando et al. 2023): MGDA's weights, moved slowly by two further batches of each step. */
    public static MoDo modo() {
        return MoDo.asPublished();
    }

    /** Direction-oriented descent (Xiao et al. 2023): a short update near the mean one, by two further batches of each step. */
    public static SdmGrad sdmgrad() {
        return SdmGrad.asPublished();
    }

    /** Excess risks (He et al. 2024): a task counts by what it could still gain. */
    public static ExcessMtl excessMtl() {
        return ExcessMtl.asPublished();
    }

    /** CR-MOGM (Zhou et al. 2022) with the usual 0.9: an exponential mean of a balancer's weights; {@code .smoothed(0.9)}. */
    public static Smoothed crMogm(Balancer balancer) {
        return new Smoothed(balancer, Smoothed.DEFAULT_BETA);
    }

    /**
     * PSMGD (Xu et al. 2025): the weights of MGDA, smoothed, and computed every so many steps; {@code
     * mgda().smoothed(alpha).every(steps)}.
     *
     * @param steps R, for how many steps weights are kept
     * @param alpha how much of the mean stays where they are computed
     */
    public static Every psmgd(int steps, double alpha) {
        return new Every(new Smoothed(mgda(), alpha), steps);
    }

    /** Trimmed mean (Yin et al. 2018): at each parameter, without so many largest and so many smallest gradients. */
    public static TrimmedMean trimmedMean(int trim) {
        return new TrimmedMean(trim);
    }

    /** Krum (Blanchard et al. 2017): the gradient nearest to the others, where so many may be wrong. */
    public static Krum krum(int byzantine) {
        return Krum.of(byzantine, Krum.DEFAULT_SELECTED);
    }

    /** Multi-Krum (Blanchard et al. 2017): the mean of the so many gradients nearest to the others. */
    public static Krum krum(int byzantine, int selected) {
        return Krum.of(byzantine, selected);
    }

    /** Auxiliary gradients lose what points against the main task's: PCGrad's projection, towards one task. */
    public static ProjectOut projectOut(Task<?> main) {
        return projectOut(main.name());
    }

    /** The same, by task name. */
    public static ProjectOut projectOut(String main) {
        return ProjectOut.of(main);
    }

    /** Auxiliary tasks weighed by the cosine with the main task's gradient, where above 0 (Du et al. 2018). */
    public static GradientSimilarity gradientSimilarity(Task<?> main) {
        return gradientSimilarity(main.name());
    }

    /** The same, by task name. */
    public static GradientSimilarity gradientSimilarity(String main) {
        return GradientSimilarity.of(main);
    }

    /** Auxiliary weights that grow where a task's gradients help the main one (Lin et al. 2019). */
    public static OlAux olAux(Task<?> main) {
        return olAux(main.name());
    }

    /** The same, by task name. */
    public static OlAux olAux(String main) {
        return OlAux.of(main);
    }

    /** The main gradient, as far as every other task keeps a share of its own progress (TMLR 2026). */
    public static Pcd pcd(Task<?> main) {
        return pcd(main.name());
    }

    /** The same, by task name. */
    public static Pcd pcd(String main) {
        return Pcd.of(main);
    }

    /** The Nash bargain with powers that learn from a main task (AuxiNash, Shamsian et al. 2023). */
    public static AuxiNash auxiNash(Task<?> main) {
        return auxiNash(main.name());
    }

    /** The same, by task name. */
    public static AuxiNash auxiNash(String main) {
        return AuxiNash.of(main);
    }

    /** Weights that learn what a step does for these tasks, or for all if none is named (Auto-Lambda, Liu et al. 2022). */
    public static AutoLambda autoLambda(Task<?>... primary) {
        return AutoLambda.of(Arrays.stream(primary).<String>map(Task::name).toList());
    }

    /** The same, by task name. */
    public static AutoLambda autoLambda(String first, String... more) {
        return AutoLambda.of(
                Stream.concat(Stream.of(first), Arrays.stream(more)).toList());
    }

    /** Tasks that conflict take turns (SON-GOKU, Patapati 2025): a colour of the graph of conflicts a step. */
    public static ConflictGraph conflictGraph() {
        return ConflictGraph.asPublished();
    }

    /** A balancer of one's own: {@code balancer("mine", step -> new double[] {1, step.loss(0)})}. */
    public static Own balancer(String name, Own.Formula formula) {
        return Own.of(name, formula);
    }

    /**
     * A balancer of one's own that answers the update of the shared parameters itself, as an ND4J array, from the gradients,
     * [tasks, parameters].
     *
     * <pre>{@code
     * direction("mean", (gradients, step) -> gradients.mean(0))
     * }</pre>
     *
     * @param name what it prints and is stored as
     */
    public static OwnDirection direction(String name, Nd4jDirection formula) {
        return new OwnDirection(name, formula.ofFloats(), "");
    }
}
