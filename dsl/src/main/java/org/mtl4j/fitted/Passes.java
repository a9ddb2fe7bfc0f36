package org.mtl4j.fitted;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.mtl4j.data.Standardisation;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Parameters;
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
    private final int width;
    private final Queue<Lease> idle = new ConcurrentLinkedQueue<>();

    /** A tape with its parameters and the array that its input is bound to, [CHUNK, width]. */
    private static final class Lease {
        private final Tape tape;
        private final float[] features;

        private Lease(Tape tape, float[] features) {
            this.tape = tape;
            this.features = features;
        }
    }

    Passes(Blueprint blueprint, List<Matrix> parameters, Standardisation standardisation) {
        this.blueprint = blueprint;
        this.parameters = parameters;
        this.standardisation = standardisation;
        this.width = blueprint.features().size();
        idle.add(lease());
    }

    private Lease lease() {
        Tape tape = blueprint.graph().tape();
        Parameters into = tape.parameters();
        parameters.forEach(matrix -> into.set(into.get(matrix.name()), matrix.toArray()));
        float[] features = new float[CHUNK * width];
        tape.reserve(CHUNK);
        tape.bind(blueprint.input(), features);
        return new Lease(tape, features);
    }

    /** The outputs of all heads for all rows, per task [rows, outputs]. */
    List<float[]> outputs(Rows rows) {
        List<float[]> outputs = new ArrayList<>();
        blueprint.objectives().forEach(objective -> outputs.add(new float[rows.count() * objective.outputs()]));
        Lease found = idle.poll();
        Lease lease = found == null ? lease() : found;
        for (int from = 0; from < rows.count(); from += CHUNK) {
            pass(lease, rows, from, Math.min(rows.count(), from + CHUNK), outputs);
        }
        idle.add(lease); // not after an exception: a tape in an unknown state is dropped
        return outputs;
    }

    private void pass(Lease lease, Rows rows, int from, int to, List<float[]> outputs) {
        float[] features = lease.features;
        for (int row = from; row < to; row++) {
            rows.copy(row, features, (row - from) * width);
        }
        Arrays.fill(features, (to - from) * width, features.length, 0f);
        standardisation.applyRow(blueprint.input(), features);
        lease.tape.forward(CHUNK, Node.Pass.EVALUATE);
        for (int t = 0; t < outputs.size(); t++) {
            TaskOutput output = lease.tape.output(t);
            int k = output.width();
            for (int row = from; row < to; row++) {
                int at = (row - from) * output.stride() + output.column();
                System.arraycopy(output.values(), at, outputs.get(t), row * k, k);
            }
        }
    }
}
