package org.mtl4j;

import java.util.List;
import org.mtl4j.sharing.Soft;

/**
 * Soft sharing with its encoder: a net per task, tied by a penalty. A frozen value.
 *
 * <pre>{@code
 * var tied = soft(mlp(64, 64)).l2(1e-3).layers("encoder.0");
 * var recipe = tied.tasks(task("casual").regression(), task("registered").regression());
 * }</pre>
 *
 * @param sharing the strategy
 */
public record SoftArchitecture(Soft sharing) implements Architecture {

    /**
     * Tied by lambda times the squared L2 distance of corresponding layers: L = sum_i w_i L_i + lambda sum_{i&lt;j}
     * ||theta_i - theta_j||^2.
     */
    public SoftArchitecture l2(double lambda) {
        return new SoftArchitecture(new Soft(sharing.encoder(), Soft.Penalty.DISTANCE, lambda, sharing.layers()));
    }

    /**
     * With lambda times the plain sum of squared norms instead, as some articles write soft sharing: L = sum_i w_i L_i +
     * lambda sum_i ||theta_i||^2. It ties nothing: each net decays by itself.
     */
    public SoftArchitecture sumOfNorms(double lambda) {
        return new SoftArchitecture(new Soft(sharing.encoder(), Soft.Penalty.NORMS, lambda, sharing.layers()));
    }

    /** With the penalty on these layers only, such as {@code "encoder.0"}. */
    public SoftArchitecture layers(String... names) {
        if (names.length == 0) {
            throw new IllegalArgumentException(
                    "layers(): no layer is named.\nName at least one: layers(\"encoder.0\"), or leave it out to tie all.");
        }
        return new SoftArchitecture(new Soft(sharing.encoder(), sharing.penalty(), sharing.lambda(), List.of(names)));
    }

    @Override
    public String toString() {
        return lines();
    }
}
