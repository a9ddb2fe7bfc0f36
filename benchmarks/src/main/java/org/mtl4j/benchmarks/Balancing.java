package org.mtl4j.benchmarks;

import org.mtl4j.balance.AlignedMtl;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.CaGrad;
import org.mtl4j.balance.ConFig;
import org.mtl4j.balance.DualProj;
import org.mtl4j.balance.FairGrad;
import org.mtl4j.balance.GradDrop;
import org.mtl4j.balance.GradVac;
import org.mtl4j.balance.ImtlG;
import org.mtl4j.balance.Krum;
import org.mtl4j.balance.Mgda;
import org.mtl4j.balance.NashMtl;
import org.mtl4j.balance.PcGrad;
import org.mtl4j.balance.TrimmedMean;
import org.mtl4j.balance.UpGrad;

/** A method whose own cost is measured, apart from backward passes; each is one of TorchJD's too. */
enum Balancing {
    /** The shortest common descent direction. */
    MGDA("mgda", 2),
    /** Projected conflicting gradients. */
    PCGRAD("pcgrad", 2),
    /** The pull of each pair to a learned cosine. */
    GRADVAC("gradvac", 2),
    /** Conflict-averse gradient descent. */
    CAGRAD("cagrad", 2),
    /** The Nash bargaining solution. */
    NASH("nash", 2),
    /** Proportional fairness. */
    FAIRGRAD("fairgrad", 2),
    /** Equal projections. */
    IMTL_G("imtl-g", 2),
    /** Orthogonal gradients of one length. */
    ALIGNED("aligned-mtl", 2),
    /** Equal cosines. */
    CONFIG("config", 2),
    /** Unconflicting projection of each gradient. */
    UPGRAD("upgrad", 2),
    /** Unconflicting projection of the mean. */
    DUALPROJ("dualproj", 2),
    /** The gradient nearest to its neighbours, with one that may lie. */
    KRUM("krum", 4),
    /** The mean of each number without the highest and the lowest: no Gram method. */
    TRIMMED_MEAN("trimmed-mean", 3),
    /** One sign at each number: no Gram method. */
    GRADDROP("graddrop", 2);

    private final String word;
    private final int leastTasks;

    Balancing(String word, int leastTasks) {
        this.word = word;
        this.leastTasks = leastTasks;
    }

    /** The name in the tables. */
    String word() {
        return word;
    }

    /** Whether it is defined for so many tasks. */
    boolean takes(int tasks) {
        return tasks >= leastTasks;
    }

    Balancer balancer() {
        return switch (this) {
            case MGDA -> Mgda.asPublished();
            case PCGRAD -> PcGrad.asPublished();
            case GRADVAC -> GradVac.asPublished();
            case CAGRAD -> CaGrad.of(CaGrad.DEFAULT_C);
            case NASH -> NashMtl.asPublished();
            case FAIRGRAD -> FairGrad.of(1);
            case IMTL_G -> ImtlG.asPublished();
            case ALIGNED -> AlignedMtl.asPublished();
            case CONFIG -> ConFig.asPublished();
            case UPGRAD -> UpGrad.asPublished();
            case DUALPROJ -> DualProj.asPublished();
            case KRUM -> Krum.of(1, 1);
            case TRIMMED_MEAN -> new TrimmedMean(1);
            case GRADDROP -> new GradDrop(GradDrop.DEFAULT_LEAK);
        };
    }
}
