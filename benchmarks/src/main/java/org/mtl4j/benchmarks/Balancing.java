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
    MGDA("mgda", 2, Mgda.asPublished()),
    /** Projected conflicting gradients. */
    PCGRAD("pcgrad", 2, PcGrad.asPublished()),
    /** The pull of each pair to a learned cosine. */
    GRADVAC("gradvac", 2, GradVac.asPublished()),
    /** Conflict-averse gradient descent. */
    CAGRAD("cagrad", 2, CaGrad.of(CaGrad.DEFAULT_C)),
    /** The Nash bargaining solution. */
    NASH("nash", 2, NashMtl.asPublished()),
    /** Proportional fairness. */
    FAIRGRAD("fairgrad", 2, FairGrad.of(1)),
    /** Equal projections. */
    IMTL_G("imtl-g", 2, ImtlG.asPublished()),
    /** Orthogonal gradients of one length. */
    ALIGNED("aligned-mtl", 2, AlignedMtl.asPublished()),
    /** Equal cosines. */
    CONFIG("config", 2, ConFig.asPublished()),
    /** Unconflicting projection of each gradient. */
    UPGRAD("upgrad", 2, UpGrad.asPublished()),
    /** Unconflicting projection of the mean. */
    DUALPROJ("dualproj", 2, DualProj.asPublished()),
    /** The gradient nearest to its neighbours, with one that may lie. */
    KRUM("krum", 4, Krum.of(1, 1)),
    /** The mean of each number without the highest and the lowest: no Gram method. */
    TRIMMED_MEAN("trimmed-mean", 3, new TrimmedMean(1)),
    /** One sign at each number: no Gram method. */
    GRADDROP("graddrop", 2, new GradDrop(GradDrop.DEFAULT_LEAK));

    private final String word;
    private final int leastTasks;
    private final Balancer balancer;

    Balancing(String word, int leastTasks, Balancer balancer) {
        this.word = word;
        this.leastTasks = leastTasks;
        this.balancer = balancer;
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
        return balancer;
    }
}
