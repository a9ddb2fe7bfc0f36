package org.mtl4j.optimise;

import org.mtl4j.tensor.Blas;

/** What is done to a gradient that is too long, after balancing and before the step. */
public sealed interface Clipping {

    /** PyTorch adds this to the norm before it divides. */
    double NORM_EPSILON = 1e-6;

    /** Nothing. */
    record None() implements Clipping {
        @Override
        public void apply(float[] gradient) {
            // the gradient stays as it is
        }
    }

    /**
     * Scales the whole gradient by min(1, max / (norm + 1e-6)) (Pascanu et al. 2013; PyTorch's clip_grad_norm_).
     *
     * @param max the longest gradient
     * @param order of the norm: 1, 2 or infinity
     */
    record Norm(double max, double order) implements Clipping {
        public Norm {
            if (!(max > 0 && max < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "clipNorm(%s): it is a finite number above 0.%nGive the longest gradient: clipNorm(1)."
                                .formatted(max));
            }
            if (order != 1 && order != 2 && order != Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(
                        "The order of a norm is 1, 2 or infinity, not %s.%nLeave it out for 2.".formatted(order));
            }
        }

        /** The norm of a gradient. */
        public double of(float[] gradient) {
            if (order == 2) {
                double square = Blas.dot(gradient.length, gradient, 0, gradient, 0);
                return Math.sqrt(square < Float.POSITIVE_INFINITY ? square : squareInDouble(gradient));
            }
            double norm = 0;
            for (float g : gradient) {
                norm = order == 1 ? norm + Math.abs(g) : Math.max(norm, Math.abs(g));
            }
            return norm;
        }

        /** The square of the norm where it overflows a float: from numbers of about 1e19 on. */
        private static double squareInDouble(float[] gradient) {
            double square = 0;
            for (float g : gradient) {
                square += (double) g * g;
            }
            return square;
        }

        @Override
        public void apply(float[] gradient) {
            float factor = (float) Math.min(1, max / (of(gradient) + NORM_EPSILON));
            if (factor < 1f) {
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] *= factor;
                }
            }
        }

        @Override
        public String toString() {
            return ".clipNorm(" + max + ")";
        }
    }

    /**
     * Clamps each number to [-max, max].
     *
     * @param max the largest number
     */
    record Value(double max) implements Clipping {
        public Value {
            if (!(max > 0 && max < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "clipValue(%s): it is a finite number above 0.%nGive the largest number of a gradient: clipValue(1)."
                                .formatted(max));
            }
        }

        @Override
        public void apply(float[] gradient) {
            float bound = (float) max;
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] = Math.max(-bound, Math.min(bound, gradient[i]));
            }
        }

        @Override
        public String toString() {
            return ".clipValue(" + max + ")";
        }
    }

    /** Engine API. Clips in place. @param gradient modified. */
    void apply(float[] gradient);
}
