package org.mtl4j.fitted;

import com.google.protobuf.Any;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.mtl4j.data.TargetColumn;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.OutputFactory;
import org.tribuo.Prediction;
import org.tribuo.classification.ImmutableLabelInfo;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.protos.ImmutableLabelInfoProto;
import org.tribuo.protos.core.OutputDomainProto;

/** A class task in Tribuo's types: class i is the label of this name with the id i. */
record Labels(String task, List<String> names, List<Long> counts, Choice choice) implements Typed<Label> {

    Labels {
        names = List.copyOf(names);
        counts = List.copyOf(counts);
    }

    /**
     * Made of its serialised form: Tribuo has no other way to give a class its id. Tribuo refuses a class that was never
     * seen, so one that the training part lacks counts as seen once, as in its own models from outside.
     */
    @Override
    public ImmutableOutputInfo<Label> info() {
        ImmutableLabelInfoProto.Builder info = ImmutableLabelInfoProto.newBuilder();
        for (int c = 0; c < names.size(); c++) {
            info.addLabel(names.get(c)).addId(c).addCount(Math.max(1, counts.get(c)));
        }
        OutputDomainProto proto = OutputDomainProto.newBuilder()
                .setClassName(ImmutableLabelInfo.class.getName())
                .setSerializedData(Any.pack(info.build()))
                .build();
        return Protos.domain(proto, ImmutableLabelInfo::deserializeFromProto);
    }

    @Override
    public OutputFactory<Label> factory() {
        return new LabelFactory();
    }

    @Override
    public Prediction<Label> prediction(Matrix matrix, int row, int used, Example<Label> example) {
        return prediction(c -> matrix.get(row, c), choice.of(matrix, row), used, example);
    }

    /** The same of any scores, of which one class is chosen. */
    Prediction<Label> prediction(IntToDoubleFunction score, int chosen, int used, Example<Label> example) {
        Map<String, Label> scores = new LinkedHashMap<>();
        for (int c = 0; c < names.size(); c++) {
            scores.put(names.get(c), new Label(names.get(c), score.applyAsDouble(c)));
        }
        Label label = new Label(names.get(chosen), score.applyAsDouble(chosen));
        return new Prediction<>(label, scores, used, example, true);
    }

    @Override
    public Label value(TargetColumn column, int row) {
        String name = ((TargetColumn.Classes) column).classes().get((int) column.get(row, 0));
        if (!names.contains(name)) {
            throw new IllegalArgumentException(
                    "Task '%s': row %d has class '%s', which the net does not know; it has %s.\nLeave such rows out, or train on data that name the class."
                            .formatted(task, row, name, String.join(", ", names)));
        }
        return new Label(name);
    }

    /** The class's score; 0 where the model has none of it, since it never saw the class, NaN where it has no scores. */
    @Override
    public float number(Prediction<Label> prediction, String name) {
        if (prediction.getOutputScores().isEmpty()) {
            return Float.NaN;
        }
        Label scored = prediction.getOutputScores().get(name);
        return scored == null ? 0 : (float) scored.getScore();
    }
}
