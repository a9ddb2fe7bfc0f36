package org.mtl4j;

import java.util.function.Function;
import org.mtl4j.chart.Chart;
import org.mtl4j.show.Show;

/**
 * A finding with its picture: shows itself as the chart above the table. Immutable.
 *
 * @param <T> the finding
 */
public final class Charted<T extends Show> implements Show {

    private final T numbers;
    private final Function<T, Chart> picture;

    Charted(T numbers, Function<T, Chart> picture) {
        this.numbers = numbers;
        this.picture = picture;
    }

    /** The numbers. */
    public T numbers() {
        return numbers;
    }

    /** The picture of them. */
    public Chart chart() {
        return picture.apply(numbers);
    }

    @Override
    public String toString() {
        return numbers.toString();
    }

    @Override
    public String toHtml() {
        return chart().toHtml() + numbers.toHtml();
    }
}
