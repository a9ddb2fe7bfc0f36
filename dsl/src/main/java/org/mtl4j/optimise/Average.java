package org.mtl4j.optimise;

import org.mtl4j.bytes.State;

/** Engine API, mutable: the running state of an {@link Ema}. */
public final class Average {

    private final Ema ema;
    private final float[] sum;
    private final float[] trained;
    private long steps;

    Average(Ema ema, float[] initial) {
        this.ema = ema;
        sum = ema.start() == Ema.Start.DEBIASED ? new float[initial.length] : initial.clone();
        trained = new float[initial.length];
    }

    /** Takes the parameters after a step in. */
    public void add(float[] values) {
        double d =
                ema.start() == Ema.Start.WARMUP ? Math.min(ema.decay(), (1.0 + steps) / (10.0 + steps)) : ema.decay();
        float keep = (float) d;
        float fresh = (float) (1 - d);
        for (int i = 0; i < sum.length; i++) {
            sum[i] = keep * sum[i] + fresh * values[i];
        }
        steps++;
    }

    /** Writes the average; before any step that is from 0, the parameters stay. @param into [parameters], overwritten. */
    public void get(float[] into) {
        if (ema.start() != Ema.Start.DEBIASED) {
            System.arraycopy(sum, 0, into, 0, sum.length);
        } else if (steps > 0) {
            float scale = (float) (1 / (1 - Powers.of(ema.decay(), steps)));
            for (int i = 0; i < sum.length; i++) {
                into[i] = sum[i] * scale;
            }
        }
    }

    /** Puts the average in the parameters' place, which are kept. */
    void enter(float[] values) {
        System.arraycopy(values, 0, trained, 0, values.length);
        get(values);
    }

    /** Puts the parameters back. */
    void leave(float[] values) {
        System.arraycopy(trained, 0, values, 0, values.length);
    }

    void state(State state) {
        steps = state.number("steps averaged", steps);
        state.floats("average", sum);
    }
}
