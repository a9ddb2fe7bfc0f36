package org.mtl4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mtl4j.bytes.ByteReader;
import org.mtl4j.bytes.ByteWriter;

/** What is kept of the weights of many batches. */
class BalanceLogTest {

    private static final String FORM = "balance log";

    private static BalanceLog log() {
        return new BalanceLog(new double[] {1, 0.5});
    }

    /** Two tasks take turns with weight 2, as under alternating(); losses 3 and 4; three iterations in every fifth batch. */
    private static void add(BalanceLog log, int from, int to, int iterationsBegan) {
        for (int b = from; b < to; b++) {
            long iterations = 3L * (b / 5 + 1) - iterationsBegan;
            log.add(b, new double[] {2 * (b % 2), 2 - 2 * (b % 2)}, new double[] {3, 4}, iterations);
        }
    }

    private static Balancing balancing(BalanceLog log) {
        return log.balancing(Balancing.Update.COMBINATION, Balancing.Time.of(5, 4, 3, 2, 1, 7));
    }

    @Test
    void a_short_training_has_a_point_for_every_batch() {
        BalanceLog log = log();
        add(log, 0, 7, 0);
        Balancing balancing = balancing(log);
        assertThat(balancing.points()).extracting(Balancing.Point::step).containsExactly(0, 1, 2, 3, 4, 5, 6);
        assertThat(balancing.points().get(1))
                .isEqualTo(new Balancing.Point(
                        1,
                        1,
                        List.of(new Balancing.Weighed(2, 2, 2, 0, 6), new Balancing.Weighed(0, 0, 0, 1, 0)),
                        0,
                        0));
        assertThat(balancing.first()).containsExactly(0.0, 2.0);
        assertThat(balancing.last()).containsExactly(0.0, 2.0);
        assertThat(balancing.time()).isEqualTo(Balancing.Time.of(5, 4, 3, 2, 1, 7));
        assertThat(balancing.time().balancing()).hasNanos(13);
        assertThat(balancing.time().steps()).hasNanos(22);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 999, 1000, 1001, 1500, 4321, 100_000})
    void every_batch_counts_in_a_bounded_number_of_points(int batches) {
        BalanceLog log = log();
        add(log, 0, batches, 0);
        List<Balancing.Point> points = balancing(log).points();
        assertThat(points).hasSizeBetween(Math.min(batches, Balancing.MOST_POINTS / 2), Balancing.MOST_POINTS);
        int step = 0;
        for (Balancing.Point point : points) {
            assertThat(point.step()).isEqualTo(step);
            step += point.batches();
        }
        assertThat(step).isEqualTo(batches);
        Balancing.Point whole = balancing(log).whole();
        assertThat(whole.batches()).isEqualTo(batches);
        int odd = batches / 2;
        int even = batches - odd;
        assertThat(whole.tasks().get(0).mean()).isCloseTo(2.0 * odd / batches, within(1e-12));
        assertThat(whole.tasks().get(0).zeros()).isEqualTo(even);
        assertThat(whole.tasks().get(1).zeros()).isEqualTo(odd);
        assertThat(whole.tasks().get(1).loss()).isCloseTo(4.0 * even / batches, within(1e-12));
        assertThat(whole.iterations()).isEqualTo(3L * ((batches + 4) / 5));
        assertThat(whole.mostIterations()).isEqualTo(3);
    }

    @Test
    void tasks_that_take_turns_are_seen_to_do_so_however_many_batches_a_point_holds() {
        BalanceLog log = log();
        add(log, 0, 10_000, 0);
        for (Balancing.Point point : balancing(log).points()) {
            assertThat(point.batches()).isEqualTo(16);
            assertThat(point.tasks()).extracting(Balancing.Weighed::mean).containsExactly(1.0, 1.0);
            assertThat(point.tasks()).extracting(Balancing.Weighed::least).containsExactly(0.0, 0.0);
            assertThat(point.tasks()).extracting(Balancing.Weighed::most).containsExactly(2.0, 2.0);
            assertThat(point.share(0)).isEqualTo(0.6); // 2 x 3 against 2 x 0.5 x 4
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 700, 1003, 2001})
    void it_goes_on_as_if_it_had_never_been_written(int written) {
        BalanceLog whole = log();
        add(whole, 0, 4000, 0);
        BalanceLog part = log();
        add(part, 0, written, 0);
        ByteWriter out = new ByteWriter(FORM, 1);
        part.write(out);
        BalanceLog rest = log();
        ByteReader in = new ByteReader(FORM, 1, out.finish(), IllegalArgumentException::new);
        rest.read(in);
        in.end();
        add(rest, written, 4000, written == 0 ? 0 : 3 * ((written - 1) / 5 + 1));
        assertThat(balancing(rest)).isEqualTo(balancing(whole));
    }

    @Test
    void a_weight_that_never_changes_has_itself_as_its_mean() {
        BalanceLog log = log();
        IntStream.range(0, 3003).forEach(b -> log.add(b, new double[] {0.1, 0.3}, new double[] {1, 1}, 0));
        assertThat(balancing(log).whole().tasks())
                .extracting(Balancing.Weighed::mean)
                .containsExactly(0.1, 0.3);
    }

    @Test
    void shares_are_of_the_sizes_of_weighted_losses() {
        BalanceLog log = log();
        log.add(0, new double[] {-1, 2}, new double[] {1, 3}, 0);
        log.add(1, new double[] {0, 0}, new double[] {1, 3}, 0);
        assertThat(balancing(log).points().get(0).share(0)).isEqualTo(-0.25);
        assertThat(balancing(log).points().get(0).share(1)).isEqualTo(0.75);
        assertThat(balancing(log).points().get(1).share(0)).isNaN();
    }

    @Test
    void without_a_batch_there_is_nothing() {
        assertThat(balancing(log())).isEqualTo(Balancing.NONE);
        assertThatThrownBy(Balancing.NONE::whole)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("There was no batch.");
    }
}
