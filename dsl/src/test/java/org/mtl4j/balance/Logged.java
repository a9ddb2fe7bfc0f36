package org.mtl4j.balance;

import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.mtl4j.bytes.State;

/** Listens to what a weighting remembers. */
final class Logged implements State {

    private final Map<String, double[]> heard = new HashMap<>();

    /** The numbers of this name. */
    double[] reals(String name) {
        if (!heard.containsKey(name)) {
            throw new NoSuchElementException("It has no '%s' but %s.".formatted(name, heard.keySet()));
        }
        return heard.getOrDefault(name, new double[0]);
    }

    @Override
    public long number(String name, long value) {
        heard.put(name, new double[] {value});
        return value;
    }

    @Override
    public double real(String name, double value) {
        heard.put(name, new double[] {value});
        return value;
    }

    @Override
    public void floats(String name, float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        heard.put(name, wide);
    }

    @Override
    public void reals(String name, double[] values) {
        heard.put(name, values.clone());
    }

    @Override
    public void numbers(String name, long[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        heard.put(name, wide);
    }
}
