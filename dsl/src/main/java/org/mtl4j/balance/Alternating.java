package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;

/**
 * One task at a time, in turn: in the steps n with floor(n / turn) mod T = i, task i weighs 1 and all others 0. The tasks
 * take turns in the order of the recipe. No step mixes two tasks, which is how multi-task nets were trained before losses
 * were summed, and a control for balancers that mix them.
 *
 * <p>Where the batch has no labels of the task whose turn it is, the next one in order that has some is trained; without any
 * labels every weight is 0. With one task the weight is 1.
 *
 * <p>Cost: nothing beyond the losses; T steps do for all tasks what one step of {@code equal()} does.
 *
 * @param turn the steps of a turn, at least 1
 */
public record Alternating(int turn) implements Balancer {

    /** The steps of a turn where none are given. */
    public static final int DEFAULT_TURN = 1;

    public Alternating {
        if (turn < 1) {
            throw new IllegalArgumentException(
                    "alternating().every(%d): it is a number of steps, at least 1.%nGive how many steps a task trains before the next."
                            .formatted(turn));
        }
    }

    /** This balancer with turns of so many steps. */
    @Override
    public Alternating every(int steps) {
        return new Alternating(steps);
    }

    @Override
    public Needs needs() {
        return Needs.LOSSES;
    }

    @Override
    public Weighting start(List<String> tasks) {
        return (step, weights) -> {
            Arrays.fill(weights, 0);
            int due = (int) (step.number() / turn % weights.length);
            for (int after = 0; after < weights.length; after++) {
                int task = (due + after) % weights.length;
                if (step.isLabelled(task)) {
                    weights[task] = 1;
                    return;
                }
            }
        };
    }

    @Override
    public String toString() {
        return "alternating()" + (turn == DEFAULT_TURN ? "" : ".every(" + turn + ")");
    }
}
