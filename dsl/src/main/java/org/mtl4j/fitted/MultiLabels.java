package org.mtl4j.fitted;

import com.google.protobuf.Any;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mtl4j.data.TargetColumn;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.OutputFactory;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.multilabel.ImmutableMultiLabelInfo;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.multilabel.MultiLabelFactory;
import org.tribuo.multilabel.protos.ImmutableMultiLabelInfoProto;
import org.tribuo.protos.core.OutputDomainProto;

/** A multi-label task in Tribuo's types: label i is the label of this name with the id i. */
record MultiLabels(String task, List<String> names, Domain.Marks domain) implements Typed<MultiLabel> {

    /** A label is predicted to hold above this probability. */
    static final float THRESHOLD = 0.5f;

    MultiLabels {
        names = List.copyOf(names);
    }

    /** Made of its serialised form: Tribuo has no other way to give a label its id. */
    @Override
    public ImmutableOutputInfo<MultiLabel> info() {
        ImmutableMultiLabelInfoProto.Builder info =
                ImmutableMultiLabelInfoProto.newBuilder().setTotalCount((int) domain.rows());
        for (int l = 0; l < names.size(); l++) {
            info.addLabel(names.get(l)).addId(l).addCount(domain.counts().get(l));
        }
        OutputDomainProto proto = OutputDomainProto.newBuilder()
                .setClassName(ImmutableMultiLabelInfo.class.getName())
                .setSerializedData(Any.pack(info.build()))
                .build();
        return Protos.domain(proto, ImmutableMultiLabelInfo::deserializeFromProto);
    }

    @Override
    public OutputFactory<MultiLabel> factory() {
        return new MultiLabelFactory();
    }

    @Override
    public Prediction<MultiLabel> prediction(Matrix matrix, int row, int used, Example<MultiLabel> example) {
        Map<String, MultiLabel> scores = new LinkedHashMap<>();
        Set<Label> holding = new LinkedHashSet<>();
        for (int l = 0; l < names.size(); l++) {
            Label label = new Label(names.get(l), matrix.get(row, l));
            scores.put(names.get(l), new MultiLabel(label));
            if (matrix.get(row, l) > THRESHOLD) {
                holding.add(label);
            }
        }
        return new Prediction<>(new MultiLabel(holding), scores, used, example, true);
    }

    /** The labels that are known to hold. */
    @Override
    public MultiLabel value(TargetColumn column, int row) {
        TargetColumn.Marks marks = (TargetColumn.Marks) column;
        Set<Label> holding = new LinkedHashSet<>();
        for (int l = 0; l < marks.width(); l++) {
            if (marks.holds(row, l)) {
                holding.add(new Label(known(marks.labels().get(l), row)));
            }
        }
        return new MultiLabel(holding);
    }

    private String known(String label, int row) {
        if (!names.contains(label)) {
            throw new IllegalArgumentException(
                    "Task '%s': row %d has label '%s', which the net does not know; it has %s.\nLeave the label out, or train on data that name it."
                            .formatted(task, row, label, String.join(", ", names)));
        }
        return label;
    }

    /** The label's score; 0 where the model has none of it, since it never saw the label, NaN where it has no scores. */
    @Override
    public float number(Prediction<MultiLabel> prediction, String name) {
        if (prediction.getOutputScores().isEmpty()) {
            return Float.NaN;
        }
        MultiLabel scored = prediction.getOutputScores().get(name);
        return scored == null
                ? 0
                : (float) scored.getLabelScore(new Label(name)).orElse(0);
    }
}
