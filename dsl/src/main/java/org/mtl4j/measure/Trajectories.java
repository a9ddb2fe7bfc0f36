package org.mtl4j.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Collectors;
import org.mtl4j.balance.Balancer;
import org.mtl4j.show.Show;
import org.mtl4j.show.Table;
import org.mtl4j.train.Surface;
import org.mtl4j.train.Trajectory;
import org.mtl4j.train.Trajectory.Stop;

/**
 * Where balancers went on a landscape: prints itself as a table of the end points, with their distance from the Pareto front
 * where there is one.
 *
 * @param surfaces the losses
 * @param steps the steps that were planned
 * @param all each way, balancer by balancer and start by start
 * @param front the Pareto front of two losses of two parameters; without places for others
 */
public record Trajectories(List<Surface> surfaces, long steps, List<Trajectory> all, ParetoFront front)
        implements Show {

    /** The distance from the front, in the parameters, up to which an end counts as on it. */
    public static final double ON_FRONT = 0.1;

    private static final double MARGIN = 0.06; // of the extent of all ways, on each side

    public Trajectories {
        surfaces = List.copyOf(surfaces);
        all = List.copyOf(all);
    }

    /** These ways and the front of their landscape. */
    public static Trajectories of(List<Surface> surfaces, long steps, List<Trajectory> all) {
        Trajectories ways = new Trajectories(surfaces, steps, all, ParetoFront.NONE);
        boolean hasFront = surfaces.size() == 2 && ways.parameters() == 2;
        return hasFront
                ? new Trajectories(surfaces, steps, all, ParetoFront.of(surfaces, ways.low(), ways.high()))
                : ways;
    }

    /** The number of parameters. */
    public int parameters() {
        return all.get(0).start().at().size();
    }

    /** The balancers, in their order. */
    public List<Balancer> balancers() {
        return all.stream().map(Trajectory::balancer).distinct().toList();
    }

    /** The ways of one balancer, start by start. */
    public List<Trajectory> of(Balancer balancer) {
        return all.stream().filter(way -> way.balancer().equals(balancer)).toList();
    }

    /** How many ways of a balancer end within {@link #ON_FRONT} of the front. */
    public long onFront(Balancer balancer) {
        return of(balancer).stream()
                .filter(way -> front.distance(way.end().at()) <= ON_FRONT)
                .count();
    }

    /** The least value of each parameter on all ways, with a margin. */
    public double[] low() {
        return edge(Math::min, -MARGIN);
    }

    /** The largest value of each parameter on all ways, with a margin. */
    public double[] high() {
        return edge(Math::max, MARGIN);
    }

    private double[] edge(DoubleBinaryOperator choice, double margin) {
        double[] edge = new double[parameters()];
        for (int i = 0; i < edge.length; i++) {
            int p = i;
            List<Double> values = all.stream()
                    .flatMap(way -> way.stops().stream())
                    .map(stop -> stop.at().get(p))
                    .filter(Double::isFinite)
                    .toList();
            double extent = values.stream().reduce(Math::max).orElseThrow()
                    - values.stream().reduce(Math::min).orElseThrow();
            edge[i] = values.stream().reduce(choice::applyAsDouble).orElseThrow() + margin * (extent == 0 ? 1 : extent);
        }
        return edge;
    }

    /** One sentence: how many ways of each balancer end on the front; empty where there is none. */
    public String summary() {
        return front.places().isEmpty()
                ? ""
                : balancers().stream()
                        .map(each -> "%s %d of %d".formatted(each, onFront(each), of(each).size()))
                        .collect(Collectors.joining(", ", "On the front end: ", "."));
    }

    private Table table() {
        boolean hasFront = !front.places().isEmpty();
        List<String> columns = new ArrayList<>(List.of("balancer", "start", "end"));
        surfaces.forEach(surface -> columns.add(surface.name()));
        columns.add("mean");
        if (hasFront) {
            columns.add("from the front");
        }
        Table table = Table.titled(String.format(Locale.ROOT, "End points after %,d steps", steps))
                .columns(columns.toArray(String[]::new));
        for (Trajectory way : all) {
            table = table.row(cells(way, hasFront).toArray());
        }
        if (hasFront) {
            table = table.note(summary() + " An end is on it if it is at most " + ON_FRONT + " away.");
        }
        for (Trajectory way : all) {
            if (way.end().step() < steps) {
                table = table.note(early(way));
            }
        }
        return table;
    }

    private List<Object> cells(Trajectory way, boolean hasFront) {
        List<Object> cells = new ArrayList<>();
        cells.add(way.balancer());
        cells.add(place(way.start()));
        cells.add(place(way.end(), "%.3f"));
        way.end().losses().forEach(loss -> cells.add(String.format(Locale.ROOT, "%.3f", loss)));
        cells.add(String.format(Locale.ROOT, "%.3f", way.end().mean()));
        if (hasFront) {
            cells.add(
                    String.format(Locale.ROOT, "%.3f", front.distance(way.end().at())));
        }
        return cells;
    }

    private static String early(Trajectory way) {
        return String.format(
                Locale.ROOT,
                "%s from %s ended after %,d steps: %s.",
                way.balancer(),
                place(way.start()),
                way.end().step(),
                way.end().isFinite() ? "interrupted" : "a loss is not finite");
    }

    /** A place in three decimals at most: {@code (-8.5, 7.5)}. */
    public static String place(Stop stop) {
        return place(stop, "%.3f").replaceAll("\\.?0+(?=[,)])", "");
    }

    private static String place(Stop stop, String format) {
        return stop.at().stream()
                .map(x -> String.format(Locale.ROOT, format, x + 0.0).replaceFirst("^-(?=0\\.?0*$)", "")) // no -0.000
                .collect(Collectors.joining(", ", "(", ")"));
    }

    @Override
    public String toString() {
        return table().toString();
    }

    @Override
    public String toHtml() {
        return table().toHtml();
    }
}
