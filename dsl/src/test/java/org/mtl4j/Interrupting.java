package org.mtl4j;

import java.util.List;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.Scope;
import org.mtl4j.balance.WeighingStep;
import org.mtl4j.balance.Weighting;
import org.mtl4j.bytes.State;

/** Another balancer in all that is seen of it, which interrupts its thread in one of its batches. */
record Interrupting(Balancer inner, int batch) implements Balancer {

    @Override
    public Needs needs() {
        return inner.needs();
    }

    @Override
    public Heads heads() {
        return inner.heads();
    }

    @Override
    public Scope scope() {
        return inner.scope();
    }

    @Override
    public Weighting start(List<String> tasks) {
        Weighting weighting = inner.start(tasks);
        return new Weighting() {
            private int seen;

            @Override
            public float[] ownParameters() {
                return weighting.ownParameters();
            }

            @Override
            public void weigh(WeighingStep step, double[] weights) {
                if (seen++ == batch) {
                    Thread.currentThread().interrupt();
                }
                weighting.weigh(step, weights);
            }

            @Override
            public void state(State state) {
                weighting.state(state);
            }
        };
    }

    @Override
    public String toString() {
        return inner.toString();
    }
}
