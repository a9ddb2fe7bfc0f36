package org.mtl4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mtl4j.bytes.ByteReader;
import org.mtl4j.bytes.ByteWriter;
import org.mtl4j.bytes.State;

class StepClockTest {

    private static final String FORM = "clock";

    private static Duration of(StepClock.Part part, Balancing.Time time) {
        Function<Balancing.Time, Duration> named = switch (part) {
            case REST -> Balancing.Time::rest;
            case SIGNALS -> Balancing.Time::signals;
            case GRAM -> Balancing.Time::gram;
            case WEIGHING -> Balancing.Time::weighing;
            case HEARING -> Balancing.Time::hearing;
            case SAMPLING -> Balancing.Time::sampling;
        };
        return named.apply(time);
    }

    /** After two batches that spent time on this part only; the first does not count. */
    private static StepClock clock(StepClock.Part part) {
        StepClock clock = new StepClock();
        for (int batch = 0; batch < 2; batch++) {
            clock.begin();
            long start = System.nanoTime();
            while (System.nanoTime() == start) {
                Thread.onSpinWait(); // until the clock has moved
            }
            clock.spent(part);
            clock.end();
        }
        return clock;
    }

    @ParameterizedTest
    @EnumSource(StepClock.Part.class)
    void time_goes_to_its_part_alone_and_through_a_checkpoint(StepClock.Part part) {
        StepClock clock = clock(part);
        Balancing.Time time = clock.time();
        assertThat(of(part, time)).isPositive().isEqualTo(time.steps());
        boolean isBalancing =
                !List.of(StepClock.Part.REST, StepClock.Part.SIGNALS).contains(part);
        assertThat(time.balancing()).isEqualTo(isBalancing ? time.steps() : Duration.ZERO);
        ByteWriter out = new ByteWriter(FORM, 1);
        clock.state(State.to(out));
        StepClock again = new StepClock();
        again.state(State.from(new ByteReader(FORM, 1, out.finish(), IllegalArgumentException::new)));
        assertThat(again.time()).isEqualTo(time);
    }

    @Test
    void the_first_batch_does_not_count() {
        StepClock clock = new StepClock();
        clock.begin();
        clock.spent(StepClock.Part.GRAM);
        clock.end();
        assertThat(clock.time().steps()).isZero();
    }
}
