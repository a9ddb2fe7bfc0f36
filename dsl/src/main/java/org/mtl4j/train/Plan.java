package org.mtl4j.train;

import org.mtl4j.balance.Balancer;
import org.mtl4j.optimise.Optimiser;

/**
 * How a graph is trained.
 *
 * @param balancer weighs the tasks
 * @param optimiser takes the steps
 * @param length epochs or steps
 * @param batch rows a step
 * @param seed what order, dropout masks and balancers draw from
 * @param stopping what the validation part decides
 * @param watchEvery steps between two probes of conflict under a balancer that does not need the Gram; 0 for none
 */
public record Plan(
        Balancer balancer,
        Optimiser optimiser,
        Length length,
        int batch,
        long seed,
        Stopping stopping,
        int watchEvery) {

    /** Steps between two probes of conflict where none are given: at most a few percent of the time. */
    public static final int DEFAULT_WATCH_EVERY = 100;

    /** Under a gradient method, whose Gram is free, at most this many probes are recorded. */
    public static final int MOST_PROBES = 2000;

    public Plan {
        if (batch < 1) {
            throw new IllegalArgumentException(
                    "batch(%d): a step needs at least 1 row.%nGive the rows of a step: batch(64).".formatted(batch));
        }
        if (watchEvery < 0) {
            throw new IllegalArgumentException(
                    "watchConflict(%d): it is a number of steps.%nGive the steps between two probes: watchConflict(50)."
                            .formatted(watchEvery));
        }
    }

    /**
     * Checks that data fit this plan: a step's rows, and labels for what it watches.
     *
     * @throws IllegalArgumentException if they do not
     */
    public void check(Prepared prepared) {
        int rows = prepared.train().rows();
        if (batch > rows) {
            throw new IllegalArgumentException("batch(%d): the training part has %s.%nGive at most that: batch(%d)."
                    .formatted(batch, rows == 1 ? "1 row" : rows + " rows", rows));
        }
        boolean judged = prepared.objectives().stream()
                .map(objective -> objective.task().name())
                .filter(name -> stopping.task().isEmpty() || stopping.task().equals(name))
                .anyMatch(name -> prepared.validation().target(name).labelled() > 0);
        if (!judged && !stopping.task().isEmpty()) {
            throw new IllegalArgumentException(
                    "watch(): no validation row carries a label of '%s', so there is nothing to watch.%nWatch another task, or split so that labelled rows reach the validation part."
                            .formatted(stopping.task()));
        }
        checkSchedule(judged);
        if (!judged && stopping.patience() != Stopping.NEVER) {
            throw new IllegalArgumentException(
                    "earlyStop(%d): no validation row carries a label, so no epoch can be better than another.%nLeave earlyStop(..) out, or split so that labelled rows reach the validation part."
                            .formatted(stopping.patience()));
        }
    }

    private void checkSchedule(boolean judged) {
        if (!judged && optimiser.settings().schedule().hearsCriterion()) {
            throw new IllegalArgumentException(
                    "%s: no validation row carries a label, so no epoch can be better than another.%nTake a schedule by steps such as cosine(), or split so that labelled rows reach the validation part."
                            .formatted(optimiser.settings().schedule()));
        }
    }

    /**
     * The optimiser steps of an epoch.
     *
     * @param rows rows of the training part
     */
    public int stepsPerEpoch(int rows) {
        int batches = (rows + batch - 1) / batch;
        int together = optimiser.settings().accumulate();
        return (batches + together - 1) / together;
    }

    /** This plan with another balancer. */
    public Plan balancer(Balancer other) {
        return new Plan(other, optimiser, length, batch, seed, stopping, watchEvery);
    }

    /** This plan with another optimiser. */
    public Plan optimiser(Optimiser other) {
        return new Plan(balancer, other, length, batch, seed, stopping, watchEvery);
    }

    /** This plan with another length. */
    public Plan length(Length other) {
        return new Plan(balancer, optimiser, other, batch, seed, stopping, watchEvery);
    }

    /** This plan with another batch size. */
    public Plan batch(int other) {
        return new Plan(balancer, optimiser, length, other, seed, stopping, watchEvery);
    }

    /** This plan with another seed. */
    public Plan seed(long other) {
        return new Plan(balancer, optimiser, length, batch, other, stopping, watchEvery);
    }

    /** This plan with another stopping. */
    public Plan stopping(Stopping other) {
        return new Plan(balancer, optimiser, length, batch, seed, other, watchEvery);
    }

    /** This plan with another distance of probes. */
    public Plan watchEvery(int other) {
        return new Plan(balancer, optimiser, length, batch, seed, stopping, other);
    }
}
