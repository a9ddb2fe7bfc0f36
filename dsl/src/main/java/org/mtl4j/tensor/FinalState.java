package org.mtl4j.tensor;

import java.util.Locale;

/**
 * Where a {@link Recurrent} layer ends, [directions x width]: forward at a row's last place, backward at the first. 0 for a
 * row without places.
 */
public enum FinalState implements LayerSpec {
    /** The hidden state, PyTorch's {@code h_n}. */
    HIDDEN,
    /** The cell of an LSTM, PyTorch's {@code c_n}. */
    CELL;

    @Override
    public String toString() {
        return "final" + name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT) + "()";
    }
}
