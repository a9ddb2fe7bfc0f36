package org.mtl4j.bytes;

import java.util.Arrays;

/**
 * Engine API. A running state on its way into bytes or back: one method of its owner names each part of it, in one order,
 * and so serves both ways. {@code t = state.number("steps", t)} writes t and leaves it, or reads it; {@code
 * state.floats("momentum", m)} writes m, or fills it.
 */
public interface State {

    /** A whole number. */
    long number(String name, long value);

    /** A number, bit by bit. */
    double real(String name, double value);

    /** Numbers. @param values read, or overwritten. */
    void floats(String name, float[] values);

    /** Numbers. @param values read, or overwritten. */
    void reals(String name, double[] values);

    /** Whole numbers. @param values read, or overwritten. */
    void numbers(String name, long[] values);

    /** The same state for a part of what tells it: this stands before its names, so that two parts may use the same ones. */
    default State under(String part) {
        return new Part(this, part);
    }

    /** A state that is written. */
    static State to(ByteWriter out) {
        return new Written(out);
    }

    /** A state that is read; a part of another name or length is an error of the reader. */
    static State from(ByteReader in) {
        return new Read(in);
    }

    /** What a part tells, under names that begin with its own. */
    record Part(State whole, String part) implements State {
        @Override
        public long number(String name, long value) {
            return whole.number(part + name, value);
        }

        @Override
        public double real(String name, double value) {
            return whole.real(part + name, value);
        }

        @Override
        public void floats(String name, float[] values) {
            whole.floats(part + name, values);
        }

        @Override
        public void reals(String name, double[] values) {
            whole.reals(part + name, values);
        }

        @Override
        public void numbers(String name, long[] values) {
            whole.numbers(part + name, values);
        }
    }

    /** On its way into bytes. */
    record Written(ByteWriter out) implements State {
        @Override
        public long number(String name, long value) {
            out.text(name);
            out.longer(value);
            return value;
        }

        @Override
        public double real(String name, double value) {
            return Double.longBitsToDouble(number(name, Double.doubleToRawLongBits(value)));
        }

        @Override
        public void floats(String name, float[] values) {
            out.text(name);
            out.floats(values);
        }

        @Override
        public void reals(String name, double[] values) {
            out.text(name);
            out.reals(values);
        }

        @Override
        public void numbers(String name, long[] values) {
            out.text(name);
            out.integer(values.length);
            Arrays.stream(values).forEach(out::longer);
        }
    }

    /** On its way back. */
    record Read(ByteReader in) implements State {
        private void named(String name) {
            String found = in.text();
            if (!found.equals(name)) {
                throw in.damaged("it holds '%s' where '%s' is wanted".formatted(found, name));
            }
        }

        private void length(String name, int found, int wanted) {
            if (found != wanted) {
                throw in.damaged("'%s' has %d numbers, not %d".formatted(name, found, wanted));
            }
        }

        @Override
        public long number(String name, long value) {
            named(name);
            return in.longer();
        }

        @Override
        public double real(String name, double value) {
            return Double.longBitsToDouble(number(name, 0));
        }

        @Override
        public void floats(String name, float[] values) {
            named(name);
            float[] found = in.floats();
            length(name, found.length, values.length);
            System.arraycopy(found, 0, values, 0, values.length);
        }

        @Override
        public void reals(String name, double[] values) {
            named(name);
            double[] found = in.reals();
            length(name, found.length, values.length);
            System.arraycopy(found, 0, values, 0, values.length);
        }

        @Override
        public void numbers(String name, long[] values) {
            named(name);
            length(name, in.integer(), values.length);
            for (int i = 0; i < values.length; i++) {
                values[i] = in.longer();
            }
        }
    }
}
