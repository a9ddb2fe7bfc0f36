package org.mtl4j.fitted;

import com.google.protobuf.Any;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.mtl4j.data.TargetColumn;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.OutputFactory;
import org.tribuo.Prediction;
import org.tribuo.protos.core.OutputDomainProto;
import org.tribuo.regression.ImmutableRegressionInfo;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.protos.ImmutableRegressionInfoProto;

/** A regression in Tribuo's types. Ids follow the names' order, as Tribuo sorts the dimensions of a Regressor. */
record Reals(String task, List<String> names, List<Moments> moments) implements Typed<Regressor> {

    Reals {
        names = List.copyOf(names);
        moments = List.copyOf(moments);
    }

    @Override
    public ImmutableOutputInfo<Regressor> info() {
        ImmutableRegressionInfoProto.Builder info = ImmutableRegressionInfoProto.newBuilder();
        List<String> sorted = names.stream().sorted().toList();
        for (int id = 0; id < sorted.size(); id++) {
            Moments m = moments.get(names.indexOf(sorted.get(id)));
            info.addLabel(sorted.get(id)).addId(id).addCount(m.count());
            info.addMin(m.min()).addMax(m.max()).addMean(m.mean()).addSumSquares(m.sumSquares());
        }
        info.setOverallCount(moments.get(0).count());
        OutputDomainProto proto = OutputDomainProto.newBuilder()
                .setClassName(ImmutableRegressionInfo.class.getName())
                .setSerializedData(Any.pack(info.build()))
                .build();
        return Protos.domain(proto, ImmutableRegressionInfo::deserializeFromProto);
    }

    @Override
    public OutputFactory<Regressor> factory() {
        return new RegressionFactory();
    }

    @Override
    public Prediction<Regressor> prediction(Matrix matrix, int row, int used, Example<Regressor> example) {
        return new Prediction<>(regressor(d -> matrix.get(row, d)), used, example);
    }

    @Override
    public Regressor value(TargetColumn column, int row) {
        return regressor(d -> column.get(row, column.width() == 1 ? 0 : d)); // one number for all its quantiles
    }

    @Override
    public float number(Prediction<Regressor> prediction, String name) {
        return (float) prediction.getOutput().getDimension(name).orElseThrow().getValue();
    }

    private Regressor regressor(IntToDoubleFunction number) {
        double[] values = IntStream.range(0, names.size()).mapToDouble(number).toArray();
        return new Regressor(names.toArray(String[]::new), values);
    }
}
