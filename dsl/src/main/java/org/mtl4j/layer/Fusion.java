package org.mtl4j.layer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.Attention;
import org.mtl4j.tensor.FusionLayers;
import org.mtl4j.tensor.Initialiser;
import org.mtl4j.tensor.JoinedDense;
import org.mtl4j.tensor.LayerNorm;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Readout;
import org.mtl4j.tensor.SequenceLayers;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.Tape;
import org.mtl4j.tensor.TransformerLayers;

/**
 * An encoder for several named inputs: an encoder for each, whose representations become one vector.
 *
 * <p>{@link Late}: each input's representation, the mean over its places where it has any, goes side by side with the others
 * into one dense layer. {@link CrossAttention}: before that, each place of each input attends to the places of every other
 * input. An input of the data that it does not name is not read. Default: {@link #DEFAULT_JOIN}.
 *
 * <pre>{@code
 * fusion().input("image", mlp(64)).input("text", biLstm(64)).late(128)
 * fusion().input("image", mlp(64)).input("text", transformer(64, 4, 2)).crossAttention(64, 4)
 * }</pre>
 *
 * @param parts the inputs that it reads, each with its encoder
 * @param join how their representations become one
 */
public record Fusion(List<Part> parts, Join join) implements Encoder {

    /** A late fusion of 64 features. */
    public static final Join DEFAULT_JOIN = new Late(64);

    private static final Activation LINEAR = new Activation.Identity();
    private static final Activation RELU = new Activation.Relu();
    private static final Initialiser UNIFORM = new Initialiser.UniformFanIn();

    /**
     * One input with its encoder.
     *
     * @param input its name in the data
     * @param encoder what reads it
     */
    public record Part(String input, Encoder encoder) {
        @Override
        public String toString() {
            return ".input(\"" + input + "\", " + encoder + ")";
        }
    }

    /** How several representations become one vector. */
    public sealed interface Join {
        /** The features of that vector. */
        int width();
    }

    /**
     * relu([r_1; r_2; ..] W + b), with r_i the representation of input i.
     *
     * @param width the features that come out
     */
    public record Late(int width) implements Join {
        public Late {
            requireWidth("late", width);
        }

        @Override
        public String toString() {
            return "late(" + width + ")";
        }
    }

    /**
     * Each input's places become x_i of this width by a linear layer. Each attends to the others' in turn, x_i &lt;- layer
     * norm(x_i + attention(x_i to x_j)), where x_j is as it was at first (scaled dot-product attention, Vaswani et al. 2017, eq. 1,
     * between modalities as in the cross-modality layers of Tan and Bansal 2019, arXiv 1908.07490). Then {@link Late} of the same
     * width.
     *
     * @param width the features of a place, and those that come out
     * @param heads of each attention; they divide the width
     */
    public record CrossAttention(int width, int heads) implements Join {
        public CrossAttention {
            requireWidth("crossAttention", width);
            new Attention(width, heads, Attention.Mask.NONE); // checks the heads
        }

        @Override
        public String toString() {
            return "crossAttention(" + width + ", " + heads + ")";
        }
    }

    /** A fusion that names no input yet. */
    public record Empty() {
        /** A fusion of this input, read by this encoder. */
        public Fusion input(String name, Encoder encoder) {
            return new Fusion(List.of(new Part(name, encoder)), DEFAULT_JOIN);
        }

        @Override
        public String toString() {
            return "fusion()";
        }
    }

    public Fusion {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException(
                    "fusion() reads no input.\nName one with its encoder: fusion().input(\"text\", biLstm(64)).");
        }
        Set<String> names = new HashSet<>();
        for (Part part : parts) {
            if (!names.add(part.input())) {
                throw new IllegalArgumentException(
                        "fusion(): input '%s' is named twice.%nGive each input one encoder.".formatted(part.input()));
            }
        }
    }

    private static void requireWidth(String call, int width) {
        if (width < 1) {
            throw new IllegalArgumentException(
                    "%s(%d): the width is not positive.%nGive the features that come out: %s(64)."
                            .formatted(call, width, call));
        }
    }

    /** This fusion with one more input, read by this encoder. */
    public Fusion input(String name, Encoder encoder) {
        List<Part> more = new ArrayList<>(parts);
        more.add(new Part(name, encoder));
        return new Fusion(more, join);
    }

    /** This fusion with one dense layer of this width on the representations side by side. */
    public Fusion late(int width) {
        return new Fusion(parts, new Late(width));
    }

    /** This fusion with attention of this many heads from each input to the others. */
    public Fusion crossAttention(int width, int heads) {
        return new Fusion(parts, new CrossAttention(width, heads));
    }

    @Override
    public Node record(Tape tape, String prefix, Sources sources, RandomGenerator random) {
        List<Node> representations = new ArrayList<>();
        for (Part part : parts) {
            Sources own = sources.only(part.input());
            representations.add(part.encoder().record(tape, name(prefix, part), own, random));
        }
        List<Node> vectors = join instanceof CrossAttention cross
                ? attended(tape, prefix, representations, cross, random)
                : representations;
        List<Node> means = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Node each = vectors.get(i);
            means.add(
                    each.shape() instanceof Shape.Vector
                            ? each
                            : tape.readout(name(prefix, parts.get(i)) + ".readout", each, Readout.MEAN));
        }
        JoinedDense layer = new JoinedDense(join.width(), RELU);
        return FusionLayers.joinedDense(tape, prefix + ".fusion", means, layer, UNIFORM, random);
    }

    /** That of each part of a {@link Late} fusion: under attention each has seen the others. */
    @Override
    public Map<String, Node> branches(Node representation) {
        Map<String, Node> branches = new LinkedHashMap<>();
        for (int i = 0; i < parts.size() && join instanceof Late; i++) {
            branches.put(parts.get(i).input(), representation.inputs().get(i));
        }
        return branches;
    }

    private static String name(String prefix, Part part) {
        return prefix + "." + part.input();
    }

    private List<Node> attended(
            Tape tape, String prefix, List<Node> representations, CrossAttention cross, RandomGenerator random) {
        List<Node> places = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            String name = name(prefix, parts.get(i));
            Node series = FusionLayers.asSeries(tape, name + ".places", representations.get(i));
            places.add(tape.dense(name + ".cross", series, cross.width(), LINEAR, UNIFORM, random));
        }
        Attention spec = new Attention(cross.width(), cross.heads(), Attention.Mask.NONE);
        List<Node> attended = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Node top = places.get(i);
            for (int j = 0; j < parts.size(); j++) {
                if (i != j) {
                    String name =
                            name(prefix, parts.get(i)) + ".to." + parts.get(j).input();
                    List<Node> read = List.of(top, places.get(j), places.get(j));
                    Node heard = TransformerLayers.crossAttention(tape, name, read, spec, random);
                    Node sum = SequenceLayers.sum(tape, name + ".residual", List.of(top, heard));
                    top = SequenceLayers.layerNorm(tape, name + ".norm", sum, LayerNorm.DEFAULT_EPSILON);
                }
            }
            attended.add(top);
        }
        return attended;
    }

    @Override
    public void requireFeatures(String input, int features) {
        parts.stream()
                .filter(part -> part.input().equals(input))
                .forEach(part -> part.encoder().requireFeatures(input, features));
    }

    @Override
    public String toString() {
        return "fusion()" + parts.stream().map(Part::toString).collect(Collectors.joining())
                + (join.equals(DEFAULT_JOIN) ? "" : "." + join);
    }
}
