package org.mtl4j.sharing;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.mtl4j.layer.Encoder;
import org.mtl4j.layer.Sources;
import org.mtl4j.task.Objective;
import org.mtl4j.tensor.Parameters;
import org.mtl4j.tensor.Tape;

/**
 * Soft parameter sharing: an encoder and a linear head per task, whose encoders are tied by a penalty (Duong et al. 2015,
 * Low Resource Dependency Parsing: Cross-lingual Parameter Sharing in a Neural Network Parser, section 4; the name is
 * Ruder's, arXiv 1706.05098, section 3.2).
 *
 * <p>Total loss: L = sum_i w_i L_i + lambda R, with the penalty R over weights and biases of corresponding encoder layers
 * (of all, or of those that are named); see {@link Penalty}. Heads are not tied. A balancer weighs the losses, not the
 * penalty, and no loss that is reported holds it. Each encoder draws its own initial parameters.
 *
 * <p>Since no parameter is reached by two losses, there is no gradient conflict in the usual sense, and a gradient method
 * has nothing to balance.
 *
 * @param encoder the blueprint, built once per task
 * @param penalty what R is
 * @param lambda its factor, at least 0
 * @param layers the tied layers, {@code encoder.0}; empty for all
 */
public record Soft(Encoder encoder, Penalty penalty, double lambda, List<String> layers) implements Sharing {

    /** The factor where none is given. */
    public static final double DEFAULT_LAMBDA = 1e-3;

    /** What ties the encoders. */
    public enum Penalty {
        /** R = sum_{i<j} ||theta_i - theta_j||^2: the squared L2 distance of corresponding layers, over pairs of tasks. */
        DISTANCE("l2", "sum_{i<j} ||theta_i - theta_j||^2"),
        /** R = sum_i ||theta_i||^2: no tie at all but a common weight decay, as some articles write soft sharing. */
        NORMS("sumOfNorms", "sum_i ||theta_i||^2");

        private final String word;
        private final String formula;

        Penalty(String word, String formula) {
            this.word = word;
            this.formula = formula;
        }
    }

    public Soft {
        layers = List.copyOf(layers);
        if (!(lambda >= 0 && lambda < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "soft(..).%s(%s): lambda is a finite number of at least 0.%nGive the strength of the tie: .%s(1e-3)."
                            .formatted(penalty.word, lambda, penalty.word));
        }
    }

    @Override
    public void record(Tape tape, Sources sources, List<Objective> tasks, RandomGenerator random) {
        new Single(encoder).record(tape, sources, tasks, random);
    }

    @Override
    public List<Counterparts> counterparts(Parameters recorded, List<String> tasks) {
        return Counterparts.of(
                recorded,
                Single.ENCODER,
                tasks.stream().map(task -> Single.ENCODER + "." + task).toList());
    }

    @Override
    public Coupling coupling(Parameters recorded, List<Counterparts> counterparts) {
        List<String> known = counterparts.stream().map(Counterparts::layer).toList();
        for (String layer : layers) {
            if (!known.contains(layer)) {
                throw new IllegalArgumentException(
                        "soft(..).layers(\"%s\"): encoder %s has no such layer.%nThe layers are %s."
                                .formatted(layer, encoder, String.join(", ", known)));
            }
        }
        List<Counterparts> tied = layers.isEmpty()
                ? counterparts
                : counterparts.stream()
                        .filter(each -> layers.contains(each.layer()))
                        .toList();
        return new Coupling(penalty, lambda, tied, recorded);
    }

    @Override
    public String formula() {
        String over = layers.isEmpty() ? "" : ", theta of " + String.join(", ", layers);
        return Sharing.super.formula() + " + " + lambda + " " + penalty.formula + over;
    }

    @Override
    public String toString() {
        String chosen = layers.isEmpty()
                ? ""
                : layers.stream().map(layer -> '"' + layer + '"').collect(Collectors.joining(", ", ".layers(", ")"));
        return "soft(" + encoder + ")." + penalty.word + "(" + lambda + ")" + chosen;
    }
}
