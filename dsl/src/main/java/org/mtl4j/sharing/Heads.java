package org.mtl4j.sharing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.mtl4j.layer.Decoder;
import org.mtl4j.layer.Encoder;
import org.mtl4j.layer.Mlp;
import org.mtl4j.task.Fcos;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;
import org.mtl4j.tensor.Initialiser;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Parameters;
import org.mtl4j.tensor.Readout;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.Tape;
import org.mtl4j.tensor.TaskHead;

/**
 * The linear heads of tasks on one representation. A task with an answer at each place has a head there; one with an answer
 * a row reads the mean over the places; one that writes sequences has a decoder of its own; one that compares two inputs reads
 * what the encoder made of each.
 */
final class Heads {

    /** The weights of the head of boxes, as in the authors' code and torchvision; its biases are 0 but for the classes. */
    private static final Initialiser BOXES = new Initialiser.Normal(0.01);

    private final Tape tape;
    private final List<Objective> tasks;
    private final Encoder encoder;

    /** Heads of some of these tasks on what this encoder makes. */
    Heads(Tape tape, List<Objective> tasks, Encoder encoder) {
        this.tape = tape;
        this.tasks = tasks;
        this.encoder = encoder;
    }

    /**
     * Records the heads of these tasks.
     *
     * @param name of the node with those of the tasks that have an answer a row
     * @param prefix of the encoder that made the representation
     * @param chosen indices of tasks
     */
    void record(String name, String prefix, Node representation, List<Integer> chosen, RandomGenerator random) {
        List<TaskHead> rows = new ArrayList<>();
        for (int t : chosen) {
            Objective task = tasks.get(t);
            TaskHead head = new TaskHead(t, "head." + task.task().name(), task.outputs());
            if (task.task().kind() instanceof Task.Kind.Pairs pairs) {
                pair(pairs, head, representation, random);
            } else if (task.isOfBoxes()) {
                boxes(head, representation, random);
            } else if (!task.isPlaced()) {
                rows.add(head);
            } else if (task.task().kind() instanceof Task.Kind.Sequence sequence) {
                decoder(sequence.decoder(), task, head, representation, random);
            } else {
                places(head, representation, random);
            }
        }
        if (!rows.isEmpty()) {
            Node vector = representation.shape() instanceof Shape.Vector
                    ? representation
                    : tape.readout(prefix + ".readout", representation, Readout.MEAN);
            tape.heads(name, vector, rows, Mlp.DEFAULT_INITIALISER, random);
        }
    }

    /** Records what writes a task's sequences: a decoder on the places of the representation, a linear head at each of its own. */
    private void decoder(Decoder decoder, Objective task, TaskHead head, Node memory, RandomGenerator random) {
        String name = task.task().name();
        if (!(memory.shape() instanceof Shape.Series)) {
            throw new IllegalArgumentException(
                    "Task '%s': its decoder reads features at each place in order, but encoder %s ends in %s, %s.%nTake an encoder that keeps the places, such as transformer(..) or biLstm(..)."
                            .formatted(
                                    name,
                                    encoder,
                                    memory.shape() instanceof Shape.Image ? "an image" : "one vector",
                                    memory.shape()));
        } else if (memory.features() % decoder.heads() != 0) {
            throw new IllegalArgumentException(
                    "Task '%s': the %d heads of %s do not divide the %d features that encoder %s ends in at each place.%nGive a number of heads that does: decoder(1, %d)."
                            .formatted(name, decoder.heads(), decoder, memory.features(), encoder, decoder.layers()));
        }
        Node words = tape.input(task.wordsName(), task.words());
        Node top = decoder.record(tape, head.name(), memory, words, random);
        tape.placeHead(top, head, Mlp.DEFAULT_INITIALISER, random);
    }

    private void places(TaskHead head, Node representation, RandomGenerator random) {
        if (representation.shape() instanceof Shape.Vector) {
            throw new IllegalArgumentException(
                    "Task '%s': it has an answer at each place of a row, but the encoder ends in one vector, %s.%nTake an encoder that keeps the places, such as biLstm(..) for words or unet(..) for images."
                            .formatted(tasks.get(head.task()).task().name(), representation.shape()));
        }
        tape.placeHead(representation, head, Mlp.DEFAULT_INITIALISER, random);
    }

    /** Records a head at each cell of a map, its classes as rare at the beginning as {@link Fcos#PRIOR} says. */
    private void boxes(TaskHead head, Node map, RandomGenerator random) {
        if (!(map.shape() instanceof Shape.Image)) {
            throw new IllegalArgumentException(
                    "Task '%s': it finds boxes in a map of its image, but encoder %s ends in %s, %s.%nTake an encoder that keeps the map, such as unet(16, 32) or sequential(conv2d(16, 3, 3), relu())."
                            .formatted(
                                    tasks.get(head.task()).task().name(),
                                    encoder,
                                    map.shape() instanceof Shape.Vector ? "one vector" : "places in order",
                                    map.shape()));
        }
        tape.placeHead(map, head, BOXES, random);
        Parameters parameters = tape.parameters();
        int bias = parameters.get(head.name() + ".bias").offset();
        int classes = head.outputs() - Task.Kind.Boxes.BESIDE_CLASSES;
        float logit = (float) -StrictMath.log((1 - Fcos.PRIOR) / Fcos.PRIOR);
        Arrays.fill(parameters.values(), bias, bias + classes, logit);
    }

    private void pair(Task.Kind.Pairs kind, TaskHead head, Node representation, RandomGenerator random) {
        Map<String, Node> branches = encoder.branches(representation);
        List<String> names = List.of(kind.first(), kind.second());
        List<Node> pair = new ArrayList<>();
        for (String input : names) {
            Node branch = branches.get(input);
            if (branch == null) {
                throw new IllegalArgumentException(
                        "Task '%s': it compares what the encoder makes of '%s' alone and of '%s' alone, but encoder %s keeps %s apart.%nTake a fusion with an encoder for each, joined late: fusion().input(\"%s\", ..).input(\"%s\", ..).late(64)."
                                .formatted(
                                        tasks.get(head.task()).task().name(),
                                        kind.first(),
                                        kind.second(),
                                        encoder,
                                        branches.isEmpty()
                                                ? "no input"
                                                : "only " + String.join(", ", branches.keySet()),
                                        kind.first(),
                                        kind.second()));
            }
            pair.add(branch);
        }
        tape.pairHead(pair, names, head, Mlp.DEFAULT_INITIALISER, random);
    }
}
