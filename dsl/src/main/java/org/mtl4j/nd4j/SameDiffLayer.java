package org.mtl4j.nd4j;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mtl4j.tensor.OwnLayer;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A copy of a user's graph on a tape. Mutable: each call sets the copy's variables first. */
final class SameDiffLayer implements OwnLayer {

    private final FrozenGraph frozen;
    private final SameDiff graph;
    private final String signal;
    private final Map<String, SDVariable> gradients;

    SameDiffLayer(FrozenGraph frozen) {
        NativeSide.ready();
        this.frozen = frozen;
        this.graph = frozen.copy();
        SDVariable upstream = graph.placeHolder(graph.generateNewVarName("signal", 0), DataType.FLOAT, -1, width());
        this.signal = upstream.name();
        this.gradients = Reverse.gradients(graph, frozen.names().output(), upstream);
    }

    FrozenGraph frozen() {
        return frozen;
    }

    @Override
    public List<Shape> shapes() {
        return frozen.shapes();
    }

    @Override
    public int width() {
        return frozen.width();
    }

    @Override
    public void forward(float[] x, int rows, float[] p, int offset, float[] y) {
        load(p, offset);
        INDArray out = graph.outputSingle(
                Map.of(frozen.names().input(), input(x, rows)), frozen.names().output());
        Floats.copy(out, y, 0);
    }

    @Override
    public void gradient(float[] x, int rows, float[] p, int offset, float[] s, float[] into, int intoOff) {
        load(p, offset);
        List<String> wanted = shapes().stream()
                .map(Shape::name)
                .filter(gradients::containsKey)
                .map(name -> gradient(name).name())
                .toList();
        Map<String, INDArray> found = graph.output(feed(x, rows, s), wanted);
        int at = intoOff;
        for (Shape shape : shapes()) {
            if (gradients.containsKey(shape.name())) {
                String name = gradient(shape.name()).name();
                Floats.copy(Objects.requireNonNull(found.get(name)), into, at);
            } else {
                Arrays.fill(into, at, at + shape.size(), 0f);
            }
            at += shape.size();
        }
    }

    @Override
    public void inputGradient(float[] x, int rows, float[] p, int offset, float[] s, float[] into) {
        SDVariable wanted = gradients.get(frozen.names().input());
        if (wanted == null) {
            Arrays.fill(into, 0, rows * frozen.in(), 0f);
            return;
        }
        load(p, offset);
        Floats.copy(graph.outputSingle(feed(x, rows, s), wanted.name()), into, 0);
    }

    private SDVariable gradient(String variable) {
        @Nullable SDVariable gradient = gradients.get(variable);
        if (gradient == null) {
            throw new IllegalStateException("No gradient of '%s'.".formatted(variable));
        }
        return gradient;
    }

    private INDArray input(float[] x, int rows) {
        return Floats.array(x, 0, rows, frozen.in());
    }

    private Map<String, INDArray> feed(float[] x, int rows, float[] s) {
        Map<String, INDArray> feed = new HashMap<>();
        feed.put(frozen.names().input(), input(x, rows));
        feed.put(signal, Floats.array(s, 0, rows, width()));
        return feed;
    }

    private void load(float[] p, int offset) {
        int at = offset;
        for (Shape shape : shapes()) {
            INDArray array = graph.getVariable(shape.name()).getArr();
            array.assign(Nd4j.create(Arrays.copyOfRange(p, at, at + shape.size()), array.shape(), 'c'));
            at += shape.size();
        }
    }
}
