package org.mtl4j.nd4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.Attention;
import org.mtl4j.tensor.Embedding;
import org.mtl4j.tensor.FinalState;
import org.mtl4j.tensor.LayerNorm;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Positions;
import org.mtl4j.tensor.Readout;
import org.mtl4j.tensor.Recurrent;
import org.mtl4j.tensor.Shape;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Layers of sequences as SameDiff expressions of the same values and derivatives. Values are [rows, places, features]; a mask
 * [rows, places] is 1 where a row has a place, else 0, or null where all rows are full.
 *
 * <p>Recurrent layers are unrolled: ND4J's own LSTM keeps no state beyond a row's length apart from the others, and its GRU
 * resets the state before the product, ours after it.
 */
final class SequenceGraph {

    /** What is added to the scores of keys that are left out. */
    private static final double LEFT_OUT = -1e9;

    private final SameDiff sd;
    private final DataType type;
    private final Function<String, SDVariable> parameters;
    /** The directions of each recurrent layer, after their last step. */
    private final Map<String, List<Cell>> ends = new HashMap<>();

    /** @param parameters makes or finds the variable of a parameter's name */
    SequenceGraph(SameDiff sd, DataType type, Function<String, SDVariable> parameters) {
        this.sd = sd;
        this.type = type;
        this.parameters = parameters;
    }

    /** The numbers from .. to - 1 of each row. @param x [rows, numbers] */
    SDVariable columns(SDVariable x, int from, int to) {
        return sd.gather(x, IntStream.range(from, to).toArray(), 1);
    }

    /** 1 where a row has a place. @param x [rows, numbers], the length of each row first */
    SDVariable mask(SDVariable x, int places) {
        SDVariable place = constant(IntStream.range(0, places).asDoubleStream().toArray(), 1, places);
        return sd.math().clipByValue(columns(x, 0, 1).sub(place), 0, 1);
    }

    private SDVariable constant(double[] numbers, long... shape) {
        return sd.constant(Nd4j.createFromArray(numbers).reshape(shape).castTo(type));
    }

    private static SDVariable masked(SDVariable x, @Nullable SDVariable mask, int places) {
        return mask == null ? x : x.mul(mask.reshape(-1, places, 1));
    }

    /** @param x [rows, 1 + places], lengths and indices */
    SDVariable embedding(String name, Embedding spec, SDVariable x, SDVariable mask, int places) {
        SDVariable indices = columns(x, 1, 1 + places).castTo(DataType.INT32);
        SDVariable words = sd.gather(parameters.apply(name + ".weight"), indices.reshape(-1), 0);
        return masked(words.reshape(-1, places, spec.width()), mask, places);
    }

    SDVariable positions(String name, Positions kind, SDVariable x, Shape shape) {
        int places = shape.positions();
        int width = shape.size() / places;
        return switch (kind) {
            case NONE -> x;
            case LEARNED -> x.add(parameters.apply(name + ".weight").reshape(1, places, width));
            case SINUSOIDAL -> {
                float[] table = Positions.sinusoids(places, width);
                double[] wide = IntStream.range(0, table.length)
                        .mapToDouble(i -> table[i])
                        .toArray();
                yield x.add(constant(wide, 1, places, width));
            }
        };
    }

    /** y = f(x W + b) at each place. */
    SDVariable dense(String name, Activation activation, SDVariable x, int in, Shape shape) {
        int places = shape.positions();
        SDVariable y = affine(name, ".weight", ".bias", x.reshape(-1, in));
        return Activations.apply(activation, y).reshape(-1, places, shape.size() / places);
    }

    private SDVariable affine(String name, String weight, String bias, SDVariable x) {
        return x.mmul(parameters.apply(name + weight)).add(parameters.apply(name + bias));
    }

    /** @param below the shape of a row: a vector, or a series, whose places are normalised each */
    SDVariable layerNorm(String name, LayerNorm spec, SDVariable x, Shape below) {
        int width = below.size() / below.positions();
        int dimension = below instanceof Shape.Series ? 2 : 1;
        long[] shape = dimension == 2 ? new long[] {1, 1, width} : new long[] {1, width};
        SDVariable centred = x.sub(sd.mean(x, true, dimension));
        SDVariable variance = sd.mean(sd.math().square(centred), true, dimension);
        SDVariable normalised = centred.div(sd.math().sqrt(variance.add(spec.epsilon())));
        return normalised
                .mul(parameters.apply(name + ".weight").reshape(shape))
                .add(parameters.apply(name + ".bias").reshape(shape));
    }

    SDVariable readout(Readout kind, SDVariable x, @Nullable SDVariable mask, int places) {
        if (kind == Readout.MAX) {
            SDVariable shown =
                    mask == null ? x : x.add(mask.reshape(-1, places, 1).sub(1).mul(-LEFT_OUT));
            return sd.max(shown, false, 1);
        }
        SDVariable sum = sd.sum(masked(x, mask, places), false, 1);
        if (kind == Readout.SUM) {
            return sum;
        }
        return mask == null ? sum.div(places) : sum.div(sd.sum(mask, true, 1));
    }

    /** A representation as features at each place, [rows, places, features]: of an image, its pixels. */
    static SDVariable atPlaces(SDVariable x, Node node) {
        int places = node.shape().positions();
        return node.shape() instanceof Shape.Image
                ? x.reshape(-1, node.features(), places).permute(0, 2, 1)
                : x.reshape(-1, places, node.features());
    }

    /** The readout that weighs the places itself. @param x [rows, places, features] of the node below */
    SDVariable attention(String name, SDVariable x, @Nullable SDVariable mask, Node below) {
        int places = below.shape().positions();
        SDVariable scores = affine(name, ".weight", ".bias", x.reshape(-1, below.features()))
                .reshape(-1, places);
        if (mask == null) {
            return sd.sum(x.mul(sd.nn().softmax(scores, 1).reshape(-1, places, 1)), false, 1);
        }
        SDVariable shares = sd.nn().softmax(scores.add(mask.sub(1).mul(-LEFT_OUT)), 1);
        return sd.sum(x.mul(shares.mul(mask).reshape(-1, places, 1)), false, 1);
    }

    /**
     * @param inputs queries, keys and values, or one node with all three side by side
     * @param mask of the keys
     * @param lengths places of the queries, and of the keys
     */
    SDVariable attention(Attention spec, List<SDVariable> inputs, @Nullable SDVariable mask, int[] lengths) {
        int queries = lengths[0];
        int keys = lengths[1];
        int d = spec.width() / spec.heads();
        SDVariable q = heads(spec, inputs.get(0), queries);
        SDVariable k = heads(spec, inputs.get(1), keys);
        SDVariable v = heads(spec, inputs.get(2), keys);
        SDVariable scores =
                sd.mmul(q, k, false, true, false).mul(1 / Math.sqrt(d)).reshape(-1, spec.heads(), queries, keys);
        if (mask != null) {
            scores = scores.add(mask.reshape(-1, 1, 1, keys).sub(1).mul(-LEFT_OUT));
        }
        if (spec.mask() == Attention.Mask.CAUSAL) {
            scores = scores.add(later(queries, keys));
        }
        SDVariable shares = sd.nn().softmax(scores, 3).reshape(-1, queries, keys);
        return sd.mmul(shares, v)
                .reshape(-1, spec.heads(), queries, d)
                .permute(0, 2, 1, 3)
                .reshape(-1, queries, spec.width());
    }

    /** [rows, places, width] -> [rows x heads, places, width / heads] */
    private static SDVariable heads(Attention spec, SDVariable x, int places) {
        int d = spec.width() / spec.heads();
        return x.reshape(-1, places, spec.heads(), d).permute(0, 2, 1, 3).reshape(-1, places, d);
    }

    private SDVariable later(int queries, int keys) {
        double[] added = new double[queries * keys];
        for (int i = 0; i < added.length; i++) {
            added[i] = i % keys > i / keys ? LEFT_OUT : 0;
        }
        return constant(added, 1, 1, queries, keys);
    }

    /** The parts of the last of three dimensions that lie side by side. */
    List<SDVariable> parts(SDVariable x, int number) {
        return List.of(sd.split(x, number, 2));
    }

    SDVariable recurrent(String name, Recurrent spec, SDVariable x, @Nullable SDVariable mask, int places) {
        ends.put(name, new ArrayList<>());
        SDVariable forward =
                direction(name, "", spec, x, mask, IntStream.range(0, places).toArray());
        if (spec.direction() == Recurrent.Direction.FORWARD) {
            return forward;
        }
        int[] backwards = IntStream.range(0, places).map(t -> places - 1 - t).toArray();
        return sd.concat(2, forward, direction(name, "_reverse", spec, x, mask, backwards));
    }

    private SDVariable direction(
            String name, String suffix, Recurrent spec, SDVariable x, @Nullable SDVariable mask, int[] order) {
        SDVariable[] steps = sd.unstack(x, 1, order.length);
        SDVariable[] outputs = new SDVariable[order.length];
        Cell cell = new Cell(name, suffix, spec);
        for (int t : order) {
            SDVariable has = mask == null ? null : columns(mask, t, t + 1);
            outputs[t] = cell.step(steps[t], has);
        }
        Objects.requireNonNull(ends.get(name)).add(cell);
        return sd.stack(1, outputs);
    }

    /** Where a recurrent layer of this name ended, its directions side by side. */
    SDVariable end(String name, FinalState kind) {
        SDVariable[] states = Objects.requireNonNull(ends.get(name)).stream()
                .map(cell -> Objects.requireNonNull(kind == FinalState.CELL ? cell.memory : cell.hidden))
                .toArray(SDVariable[]::new);
        return states.length == 1 ? states[0] : sd.concat(1, states);
    }

    /** One direction, step by step. Mutable: its state. */
    private final class Cell {
        private final Recurrent spec;
        private final SDVariable weight;
        private final SDVariable recurrent;
        private final SDVariable bias;
        private final SDVariable recurrentBias;
        private @Nullable SDVariable hidden;
        private @Nullable SDVariable memory;

        Cell(String name, String suffix, Recurrent spec) {
            this.spec = spec;
            weight = parameters.apply(name + ".weight_ih" + suffix);
            recurrent = parameters.apply(name + ".weight_hh" + suffix);
            bias = parameters.apply(name + ".bias_ih" + suffix);
            recurrentBias = parameters.apply(name + ".bias_hh" + suffix);
        }

        /** @param has [rows, 1], 1 where a row has this place: elsewhere the state stays as it is, and the output is 0 */
        SDVariable step(SDVariable x, @Nullable SDVariable has) {
            SDVariable below = x.mmul(weight).add(bias);
            SDVariable before =
                    hidden == null ? recurrentBias : hidden.mmul(recurrent).add(recurrentBias);
            SDVariable next =
                    spec.cell() == Recurrent.Cell.LSTM ? lstm(below, before, has) : gru(below, before, hidden);
            hidden = kept(next, hidden, has);
            return has == null ? next : next.mul(has);
        }

        private SDVariable lstm(SDVariable below, SDVariable before, @Nullable SDVariable has) {
            SDVariable[] gates = sd.split(below.add(before), spec.cell().gates(), 1);
            SDVariable added = sd.nn().sigmoid(gates[0]).mul(sd.nn().tanh(gates[2]));
            SDVariable next = memory == null
                    ? added
                    : sd.nn().sigmoid(gates[1]).mul(memory).add(added);
            memory = kept(next, memory, has);
            return sd.nn().sigmoid(gates[3]).mul(sd.nn().tanh(next));
        }

        private SDVariable kept(SDVariable next, @Nullable SDVariable old, @Nullable SDVariable has) {
            if (has == null) {
                return next;
            }
            return old == null ? next.mul(has) : old.add(next.sub(old).mul(has));
        }
    }

    /**
     * A step of a gated recurrent unit.
     *
     * @param below the products with the input, [rows, 3 width], of r, z and n side by side
     * @param before those with the state
     * @param hidden the state; null for 0
     */
    static SDVariable gru(SDVariable below, SDVariable before, @Nullable SDVariable hidden) {
        SameDiff sd = below.getSameDiff();
        SDVariable[] one = sd.split(below, Recurrent.Cell.GRU.gates(), 1);
        SDVariable[] two = sd.split(before, Recurrent.Cell.GRU.gates(), 1);
        SDVariable reset = sd.nn().sigmoid(one[0].add(two[0]));
        SDVariable update = sd.nn().sigmoid(one[1].add(two[1]));
        SDVariable candidate = sd.nn().tanh(one[2].add(reset.mul(two[2])));
        SDVariable fresh = candidate.sub(update.mul(candidate));
        return hidden == null ? fresh : fresh.add(update.mul(hidden));
    }

    /** The sum of all. */
    static SDVariable sum(List<SDVariable> inputs) {
        List<SDVariable> rest = new ArrayList<>(inputs);
        SDVariable sum = rest.remove(0);
        for (SDVariable each : rest) {
            sum = sum.add(each);
        }
        return sum;
    }
}
