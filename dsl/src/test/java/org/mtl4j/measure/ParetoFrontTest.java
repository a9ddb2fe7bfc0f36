package org.mtl4j.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.mtl4j.train.Surface;
import org.mtl4j.train.Toy;
import org.mtl4j.train.Trajectory.Stop;

class ParetoFrontTest {

    private static Surface bowl(String name, double x, double y) {
        return new Surface(name, (at, slope) -> {
            slope[0] = at[0] - x;
            slope[1] = at[1] - y;
            return (slope[0] * slope[0] + slope[1] * slope[1]) / 2;
        });
    }

    @Test
    void the_front_of_two_bowls_is_the_line_between_their_centres() {
        ParetoFront front =
                ParetoFront.of(List.of(bowl("a", 1, 0), bowl("b", -1, 2)), new double[] {-3, -3}, new double[] {3, 3});

        for (int i = 0; i < front.places().size(); i++) {
            double w = i / (front.places().size() - 1.0);
            assertThat(front.places().get(i).at().get(0)).isCloseTo(2 * w - 1, within(1e-4));
            assertThat(front.places().get(i).at().get(1)).isCloseTo(2 - 2 * w, within(1e-4));
        }
        assertThat(front.distance(List.of(0.0, 1.0))).isCloseTo(0, within(1e-4));
        assertThat(front.distance(List.of(1.0, 2.0))).isCloseTo(Math.sqrt(2), within(1e-4));
        assertThat(front.distance(List.of(2.0, -1.0))).isCloseTo(Math.sqrt(2), within(1e-4)); // from its end
    }

    /** The lowest point by ternary search between two bounds. */
    private static double lowest(DoubleUnaryOperator f, double low, double high) {
        double a = low;
        double b = high;
        for (int i = 0; i < 200; i++) {
            double c = a + (b - a) / 3;
            double d = b - (b - a) / 3;
            if (f.applyAsDouble(c) < f.applyAsDouble(d)) {
                b = d;
            } else {
                a = c;
            }
        }
        return (a + b) / 2;
    }

    @Test
    void the_front_of_the_toy_is_where_nested_searches_find_it() {
        List<Surface> toy = Toy.surfaces(1);
        ParetoFront front = ParetoFront.of(toy, new double[] {-10, -10}, new double[] {10, 10});

        assertThat(front.places()).hasSize(41);
        for (int i = 0; i < 41; i += 5) {
            double w = i / 40.0;
            double[] unread = new double[2];
            DoubleUnaryOperator deepest = x1 -> lowest(
                    x2 -> w * toy.get(0).formula().at(new double[] {x1, x2}, unread)
                            + (1 - w) * toy.get(1).formula().at(new double[] {x1, x2}, unread),
                    -12,
                    -6);
            double x1 = lowest(
                    x -> {
                        double[] at = {x, deepest.applyAsDouble(x)};
                        return w * toy.get(0).formula().at(at, unread)
                                + (1 - w) * toy.get(1).formula().at(at, unread);
                    },
                    -9,
                    9);
            Stop place = front.places().get(i);

            assertThat(place.at().get(0)).isCloseTo(x1, within(1e-3));
            assertThat(place.at().get(1)).isCloseTo(deepest.applyAsDouble(x1), within(1e-3));
        }
        assertThat(front.places().get(20).at().get(1)).isCloseTo(-8.3552, within(1e-3));
    }
}
