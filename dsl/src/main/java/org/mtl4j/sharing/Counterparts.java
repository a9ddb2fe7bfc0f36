package org.mtl4j.sharing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.tensor.Blas;
import org.mtl4j.tensor.Parameter;
import org.mtl4j.tensor.Parameters;

/**
 * Engine API. One layer that each task has a copy of its own of: where the copies lie. Immutable.
 *
 * <p>The copies correspond number by number: they have the same shapes.
 */
public final class Counterparts {

    private final String layer;
    private final List<List<Parameter>> parameters = new ArrayList<>();

    private Counterparts(String layer) {
        this.layer = layer;
    }

    /**
     * The layers of the encoders that tasks own, from the parameters of a net that was recorded task after task: the
     * encoder's, then the head's weight and bias.
     *
     * @param recorded nothing but these
     * @param prefixes what the names of each task's encoder begin with, {@code encoder.income}
     */
    static List<Counterparts> of(Parameters recorded, String common, List<String> prefixes) {
        List<Parameter> all = recorded.list();
        int perTask = all.size() / prefixes.size();
        Map<String, Counterparts> layers = new LinkedHashMap<>();
        for (int p = 0; p < perTask - HEAD; p++) {
            String own = all.get(p).name().substring(prefixes.get(0).length());
            String layer = common + own.replaceFirst("\\.(weight|bias)$", "");
            List<Parameter> copies = new ArrayList<>();
            for (int t = 0; t < prefixes.size(); t++) {
                copies.add(all.get(t * perTask + p));
            }
            layers.computeIfAbsent(layer, Counterparts::new).parameters.add(List.copyOf(copies));
        }
        return List.copyOf(layers.values());
    }

    /** The parameters of a linear head: weight and bias. */
    private static final int HEAD = 2;

    /** The layer, as it would be called if it were shared: {@code encoder.0}. */
    public String layer() {
        return layer;
    }

    /** Per parameter of the layer, each task's copy. */
    List<List<Parameter>> parameters() {
        return parameters;
    }

    /**
     * Writes the inner products of the tasks' gradients by their own copies.
     *
     * @param gradient by all parameters, such that each copy has the gradient of its own task's loss
     * @param gram [tasks * tasks], overwritten
     */
    public void gram(float[] gradient, int tasks, double[] gram) {
        for (int i = 0; i < tasks; i++) {
            for (int j = 0; j <= i; j++) {
                double product = 0;
                for (List<Parameter> copies : parameters) {
                    int n = copies.get(i).size();
                    product += Blas.dot(
                            n,
                            gradient,
                            copies.get(i).offset(),
                            gradient,
                            copies.get(j).offset());
                }
                gram[i * tasks + j] = product;
                gram[j * tasks + i] = product;
            }
        }
    }
}
