package org.mtl4j;

import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.adamW;
import static org.mtl4j.Mtl.cosine;
import static org.mtl4j.Mtl.dwa;
import static org.mtl4j.Mtl.equal;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.mgda;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.pcgrad;
import static org.mtl4j.Mtl.uncertainty;
import static org.mtl4j.Toys.CASUAL;
import static org.mtl4j.Toys.RAIN;
import static org.mtl4j.Toys.REGISTERED;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.data.GraphRow;
import org.mtl4j.data.Input;
import org.mtl4j.data.Inputs;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Split;
import org.mtl4j.fitted.Matrix;
import org.mtl4j.layer.Encoder;
import org.mtl4j.tensor.Layer;
import org.mtl4j.train.Epoch;

/**
 * Trains small recipes and prints a digest of each one's parameters, predictions and losses: run it on two JDKs of
 * one machine, and the lines are the same. What a CPU does to the last bit differs, so no digest is pinned.
 */
public final class Bits {

    private Bits() {}

    /** Recipes that between them draw every kind of random number, on data with masked labels. */
    static Map<String, Recipe> recipes() {
        Map<String, Recipe> recipes = new LinkedHashMap<>();
        recipes.put(
                "equal, dropout",
                hard(mlp(8, 8).dropout(0.2))
                        .tasks(CASUAL, REGISTERED, RAIN)
                        .balance(equal())
                        .optimise(adam(1e-2)));
        recipes.put(
                "pcgrad, masks",
                hard(mlp(8))
                        .tasks(CASUAL, REGISTERED, RAIN)
                        .balance(pcgrad())
                        .optimise(adam(1e-2).clipNorm(1)));
        recipes.put(
                "mgda, masks",
                hard(mlp(8))
                        .tasks(CASUAL, REGISTERED, RAIN)
                        .balance(mgda().lossPlus())
                        .optimise(adam(1e-2)));
        recipes.put(
                "dwa, masks",
                hard(mlp(8)).tasks(CASUAL, REGISTERED, RAIN).balance(dwa()).optimise(adam(1e-2)));
        recipes.put(
                "uncertainty, adamW, cosine",
                hard(mlp(8).activation(Mtl.gelu()))
                        .tasks(CASUAL, RAIN.weight(0.5))
                        .balance(uncertainty())
                        .optimise(adamW(1e-2).schedule(cosine())));
        recipes.replaceAll((name, recipe) -> recipe.epochs(4).batch(32).seed(7));
        return recipes;
    }

    static Split split() {
        return Toys.rows(200, 0.7, 3).split(0.7, 0.15, 0.15).seed(7);
    }

    /**
     * A recipe with the data that it trains on.
     *
     * @param recipe reads images, series or graphs
     * @param split holds them
     */
    record Shaped(Recipe recipe, Split split) {}

    /** Recipes over images, series and graphs that hold the same numbers. */
    static Map<String, Shaped> shaped() {
        MultiTaskData rows = Toys.rows(120, 0.7, 3);
        double[][][] steps = new double[rows.rows()][][];
        List<GraphRow> graphs = new ArrayList<>();
        for (int r = 0; r < rows.rows(); r++) {
            Input x = rows.input(MultiTaskData.FEATURES);
            double[][] all = {{x.get(r, 0), x.get(r, 1)}, {x.get(r, 2), x.get(r, 3)}};
            steps[r] = r % 3 == 0 ? new double[][] {all[0]} : all;
            graphs.add(r % 4 == 0 ? GraphRow.of(all) : GraphRow.of(all).edge(0, 1));
        }
        Split series = of("series", Inputs.series(steps), rows);
        Map<String, Shaped> shaped = new LinkedHashMap<>();
        Layer convolution = Mtl.conv2d(3, 2).padding(1);
        shaped.put(
                "convolution, batch norm",
                new Shaped(
                        shaped(Mtl.sequential(convolution, Mtl.batchNorm(), Mtl.relu(), Mtl.maxPool(2), Mtl.flatten())),
                        rows.split(0.7, 0.15, 0.15).seed(7).images(1, 2, 2)));
        shaped.put("biLstm", new Shaped(shaped(Mtl.biLstm(5)), series));
        shaped.put("transformer", new Shaped(shaped(Mtl.transformer(8, 2, 1).dropout(0.1)), series));
        shaped.put("gat", new Shaped(shaped(Mtl.gat(4).heads(2)), of("graph", Inputs.graphs(graphs), rows)));
        return shaped;
    }

    private static Recipe shaped(Encoder encoder) {
        return hard(encoder)
                .tasks(CASUAL, REGISTERED, RAIN)
                .balance(pcgrad())
                .optimise(adam(1e-2))
                .epochs(3)
                .batch(32)
                .seed(7);
    }

    private static Split of(String name, Input input, MultiTaskData rows) {
        MultiTaskData data = MultiTaskData.of(name, input);
        for (String target : rows.targets()) {
            data = data.with(rows.target(target));
        }
        return data.split(0.7, 0.15, 0.15).seed(7);
    }

    /** SHA-256 of all bits that a run leaves. */
    static String digest(Run run) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Matrix parameter : run.net().parameters()) {
                for (float value : parameter.toArray()) {
                    digest.update(
                            ByteBuffer.allocate(Float.BYTES).putFloat(value).array());
                }
            }
            for (double[] row : run.predict(run.split().test()).numbers(CASUAL)) {
                add(digest, row[0]);
            }
            for (Epoch epoch : run.history().epochs()) {
                epoch.trainLosses().forEach(loss -> add(digest, loss));
                epoch.validationLosses().forEach(loss -> add(digest, loss));
                epoch.weights().forEach(weight -> add(digest, weight));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }

    private static void add(MessageDigest digest, double value) {
        digest.update(ByteBuffer.allocate(Double.BYTES).putDouble(value).array());
    }

    /** Prints a line per recipe. */
    public static void main(String[] arguments) {
        recipes().forEach((name, recipe) -> System.out.println(digest(recipe.fit(split())) + "  " + name));
        shaped().forEach((name, each) -> System.out.println(digest(each.recipe.fit(each.split)) + "  " + name));
    }
}
