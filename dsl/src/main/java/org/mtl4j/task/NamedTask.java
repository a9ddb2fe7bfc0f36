package org.mtl4j.task;

import java.util.Arrays;
import java.util.List;
import org.mtl4j.layer.Decoder;
import org.tribuo.classification.Label;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.regression.Regressor;

/** A name that becomes a task by its kind: {@code .binary()}, {@code .classes()}, {@code .regression()} and so on. */
public final class NamedTask {

    private final String name;

    NamedTask(String name) {
        this.name = name;
        if (name.isBlank()) {
            throw new IllegalArgumentException(
                    "A task's name is blank.\nName the column that holds its targets: task(\"income\").");
        }
    }

    /** One of two classes; the positive one is the later in alphabetical order. Loss: binary cross-entropy. */
    public Task<Label> binary() {
        return positive("");
    }

    /** One of two classes, of which this is the positive one. Loss: binary cross-entropy. */
    public Task<Label> positive(String positiveClass) {
        return Task.of(name, Label.class, new Task.Kind.Binary(positiveClass));
    }

    /** One of as many classes as the data has. Loss: cross-entropy. */
    public Task<Label> classes() {
        return classes(0);
    }

    /** One of this many classes: a class beyond them in the data is an error. Loss: cross-entropy. */
    public Task<Label> classes(int number) {
        if (number < 0 || number == 1) {
            throw new IllegalArgumentException(
                    "Task '%s': classes(%d) is not a number of classes.%nGive at least 2, or classes() for as many as the data has."
                            .formatted(name, number));
        }
        return Task.of(name, Label.class, new Task.Kind.Classes(number));
    }

    /**
     * Any number of labels a row, of as many as the data has: each holds, does not, or is unknown. Loss: binary
     * cross-entropy, the mean over the known labels.
     */
    public Task<MultiLabel> multiLabel() {
        return Task.of(name, MultiLabel.class, new Task.Kind.MultiLabel());
    }

    /** One or more real numbers, standardised on the training part. Loss: mean squared error. */
    public Task<Regressor> regression() {
        return Task.of(name, Regressor.class, new Task.Kind.Regression());
    }

    /**
     * One of several classes that have an order, from the least to the greatest; without names, classes that are numbers
     * in their order. Loss: consistent rank logits.
     *
     * <pre>{@code
     * task("grade").ordinal("poor", "fair", "good")
     * }</pre>
     */
    public Task<Label> ordinal(String... classes) {
        List<String> order = List.of(classes);
        if (order.size() == 1 || order.stream().distinct().count() < order.size()) {
            throw new IllegalArgumentException(
                    "Task '%s': ordinal(%s) is not an order of classes.%nName at least 2, each once, from the least to the greatest."
                            .formatted(name, KindRules.quoted(order)));
        }
        return Task.of(name, Label.class, new Task.Kind.Ordinal(order));
    }

    /**
     * Quantiles of one real number, standardised on the training part: the number lies below the q-quantile in a share q of
     * the rows. Loss: pinball.
     *
     * <pre>{@code
     * task("price").quantiles(0.1, 0.5, 0.9)
     * }</pre>
     */
    public Task<Regressor> quantiles(double... levels) {
        return Task.of(
                name,
                Regressor.class,
                new Task.Kind.Quantiles(Arrays.stream(levels).boxed().toList()));
    }

    /** A score by which rows come in the order of one number, its pairs formed within a batch. Loss: margin ranking. */
    public Task<Regressor> ranking() {
        return ranking("");
    }

    /**
     * The same among rows that share a key of this group column only: documents of one query. Batches are drawn row by row,
     * so take one that is large beside the groups.
     */
    public Task<Regressor> ranking(String groupColumn) {
        return Task.of(name, Regressor.class, new Task.Kind.Ranking(groupColumn));
    }

    /**
     * A class at each word of a text, step of a series or node of a graph. Its targets: {@code PlaceTargets.tags(..)}. Loss:
     * cross-entropy; {@code loss(crf())} for a chain.
     */
    public Task<Label> tags() {
        return Task.of(name, Label.class, new Task.Kind.Tags());
    }

    /** Spans of words as tags B-X, I-X and O, judged by whole spans; else as {@link #tags}. */
    public Task<Label> spans() {
        return Task.of(name, Label.class, new Task.Kind.Spans());
    }

    /**
     * The next word at each word. Its targets: {@code PlaceTargets.nextTokens(..)}. The encoder must not look ahead. Loss:
     * cross-entropy.
     */
    public Task<Label> nextToken() {
        return Task.of(name, Label.class, new Task.Kind.NextToken());
    }

    /** A sequence of words, written by {@link Decoder#DEFAULT}; else as {@link #sequence(Decoder)}. */
    public Task<Label> sequence() {
        return sequence(Decoder.DEFAULT);
    }

    /**
     * A sequence of words of a length of its own, such as a translation. Its targets: {@code SequenceTargets.words(..)}. Its head
     * is this decoder, which reads the features that the shared encoder has at each place, and in training the true words before
     * each place (teacher forcing); by itself it takes the likeliest word at each place (greedy search). Loss: cross-entropy, the
     * mean over all words and ends of sequences.
     *
     * <pre>{@code
     * task("german").sequence(decoder(4, 2).dropout(0.1)).loss(crossEntropy().labelSmoothing(0.1))
     * }</pre>
     */
    public Task<Label> sequence(Decoder decoder) {
        return Task.of(name, Label.class, new Task.Kind.Sequence(decoder));
    }

    /** A class at each pixel. Its targets: {@code PlaceTargets.pixels(..)}. Loss: cross-entropy. */
    public Task<Label> pixels() {
        return Task.of(name, Label.class, new Task.Kind.Pixels());
    }

    /** A depth at each pixel, in its own unit. Its targets: {@code PlaceTargets.depths(..)}. Loss: mean absolute error. */
    public Task<Regressor> depth() {
        return Task.of(name, Regressor.class, new Task.Kind.Depth());
    }

    /** A surface normal at each pixel. Its targets: {@code PlaceTargets.normals(..)}. Loss: 1 - cosine. */
    public Task<Regressor> normals() {
        return Task.of(name, Regressor.class, new Task.Kind.Normals());
    }

    /**
     * Boxes around the objects of images, each of one of as many classes as the data have. Its targets: {@code
     * BoxTargets.of(..)}. It is anchor-free: each cell of the map that the encoder ends in says which class it lies on, and how
     * far from it the object's sides are. Loss: {@link Fcos}.
     *
     * <p>It needs an encoder that keeps a map of the image: {@code unet(..)} or {@code sequential(conv2d(..), ..)}.
     */
    public Task<Label> boxes() {
        return boxes(new String[0]);
    }

    /** The same of these classes, in index order: a box of another class in the data is an error. */
    public Task<Label> boxes(String... classes) {
        List<String> names = List.of(classes);
        if (names.stream().distinct().count() < names.size() || names.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(
                    "Task '%s': boxes(%s) names a class twice, or one that is blank.%nName each class once, or take boxes() for the classes of the data."
                            .formatted(name, KindRules.quoted(names)));
        }
        return Task.of(name, Label.class, new Task.Kind.Boxes(names));
    }

    /**
     * Which rows of two inputs belong together, such as images and their captions: each input is mapped to a vector, so that
     * those of a pair are alike and others are not. Its targets: {@code PairTargets.all(..)}. Loss: {@link Contrastive.Clip}.
     *
     * <p>It needs an encoder that keeps the two apart: {@code fusion().input("image", ..).input("text", ..).late(64)}. The loss
     * compares the pairs of a batch with each other, so take a large one.
     *
     * @param first the name of an input of the data
     * @param second that of another
     */
    public Task<Label> pairs(String first, String second) {
        return pairs(first, second, Task.Kind.Pairs.DEFAULT_WIDTH);
    }

    /** The same with vectors of this width. */
    public Task<Label> pairs(String first, String second, int width) {
        Task.Kind.Pairs kind = new Task.Kind.Pairs(first, second, width);
        if (first.equals(second) || width < 1) {
            throw new IllegalArgumentException(
                    "Task '%s': %s does not name two inputs and a positive width.%nName both inputs of a pair and the width of the vectors that are compared: pairs(\"image\", \"text\", 64)."
                            .formatted(name, KindRules.words(kind)));
        }
        return Task.of(name, Label.class, kind);
    }

    @Override
    public String toString() {
        return "task(\"%s\") needs a kind: .binary(), .classes(), .multiLabel(), .regression(), .ordinal(), .quantiles(0.1, 0.5, 0.9) or .ranking(); one answer a place: .tags(), .spans(), .nextToken(), .pixels(), .depth() or .normals(); words of its own: .sequence(); objects of images: .boxes(); of two inputs: .pairs(\"image\", \"text\")"
                .formatted(name);
    }
}
