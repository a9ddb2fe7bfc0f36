package org.mtl4j.fitted;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.mtl4j.data.InputForm;
import org.mtl4j.data.Standardisation;
import org.mtl4j.task.Objective;
import org.mtl4j.tensor.Parameter;
import org.mtl4j.tensor.Parameters;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.Tape;
import org.mtl4j.tensor.TaskOutput;

/**
 * Forward passes of one net, by any number of threads: each takes an idle tape or makes one, and gives it back.
 *
 * <p>Every pass computes {@link #CHUNK} rows, filled up with zeros: a BLAS picks its kernel by the shape of the product,
 * so only equal shapes give a row the same bits alone and among others.
 */
final class Passes {

    /** Rows per pass: a multiple of the tiles of BLAS kernels, so that the place of a row does not matter either. */
    static final int CHUNK = 64;

    private final Blueprint blueprint;
    private final List<Matrix> parameters;
    private final Standardisation standardisation;
    private final List<Shape> reads;
    private final Queue<Lease> idle = new ConcurrentLinkedQueue<>();

    /**
     * A tape with its parameters.
     *
     * @param inputs the arrays that its inputs are bound to, each [CHUNK, width]
     */
    private record Lease(Tape tape, List<float[]> inputs) {}

    Passes(Blueprint blueprint, List<Matrix> parameters, Standardisation standardisation) {
        this.blueprint = blueprint;
        this.parameters = parameters;
        this.standardisation = standardisation;
        Lease first = lease();
        idle.add(first);
        reads = IntStream.range(0, blueprint.objectives().size())
                .mapToObj(t -> first.tape.output(t).reads())
                .toList();
    }

    /** The shape of what a task's head reads. */
    Shape reads(int task) {
        return reads.get(task);
    }

    private Lease lease() {
        Tape tape = blueprint.graph().tape();
        List<String> buffers =
                tape.buffers().list().stream().map(Parameter::name).toList();
        for (Matrix matrix : parameters) {
            Parameters into = buffers.contains(matrix.name()) ? tape.buffers() : tape.parameters();
            into.set(into.get(matrix.name()), matrix.toArray());
        }
        tape.reserve(CHUNK);
        for (Objective objective : blueprint.objectives()) {
            if (objective.isSequence()) { // until a decoding binds words
                tape.bind(
                        objective.wordsName(),
                        new float[CHUNK * objective.words().inputSize()]);
            }
        }
        List<float[]> inputs = new ArrayList<>();
        for (InputForm input : blueprint.inputs()) {
            inputs.add(new float[CHUNK * input.shape().inputSize()]);
            tape.bind(input.name(), inputs.get(inputs.size() - 1));
        }
        return new Lease(tape, inputs);
    }

    /**
     * The outputs of all heads for all rows.
     *
     * @param values per task [rows, outputs]
     * @param lengths per task that writes sequences, the words of each row without the end; of others zeros
     */
    record Outputs(List<float[]> values, List<int[]> lengths) {}

    /** Computes the outputs of all heads for all rows. */
    Outputs outputs(Rows rows, Decoding decoding) {
        Outputs outputs = new Outputs(new ArrayList<>(), new ArrayList<>());
        Lease found = idle.poll();
        Lease lease = found == null ? lease() : found;
        for (int t = 0; t < blueprint.objectives().size(); t++) {
            TaskOutput output = lease.tape.output(t);
            outputs.values.add(new float[rows.count() * output.places() * output.width()]);
            outputs.lengths.add(new int[rows.count()]);
        }
        for (int from = 0; from < rows.count(); from += CHUNK) {
            int to = Math.min(rows.count(), from + CHUNK);
            bind(lease, rows, from, to);
            decoding.forward(lease.tape, blueprint.objectives(), from, to, outputs.lengths);
            for (int t = 0; t < outputs.values.size(); t++) {
                copy(lease.tape.output(t), from, to, outputs.values.get(t));
            }
        }
        idle.add(lease); // not after an exception: a tape in an unknown state is dropped
        return outputs;
    }

    private void bind(Lease lease, Rows rows, int from, int to) {
        for (int i = 0; i < lease.inputs.size(); i++) {
            fill(lease.inputs.get(i), i, rows, from, to);
        }
    }

    private void fill(float[] batch, int i, Rows rows, int from, int to) {
        InputForm input = blueprint.inputs().get(i);
        int width = input.shape().inputSize();
        for (int row = from; row < to; row++) {
            rows.copy(row, i, batch, (row - from) * width);
        }
        Arrays.fill(batch, (to - from) * width, batch.length, 0f);
        standardisation.applyRow(input.name(), input.shape(), batch);
    }

    private static void copy(TaskOutput output, int from, int to, float[] into) {
        int k = output.width();
        int places = output.places();
        for (int place = 0; place < (to - from) * places; place++) {
            System.arraycopy(
                    output.values(), place * output.stride() + output.column(), into, (from * places + place) * k, k);
        }
    }
}
