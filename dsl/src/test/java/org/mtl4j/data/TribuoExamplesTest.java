package org.mtl4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.data.TargetColumn.Classes;
import org.mtl4j.data.TargetColumn.Reals;
import org.tribuo.DataSource;
import org.tribuo.Example;
import org.tribuo.ImmutableDataset;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.datasource.ListDataSource;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

class TribuoExamplesTest {

    private static final Target<Label> KIND = Targets.classes("kind");
    private static final Target<Regressor> SIZE = Targets.real("size");
    private static final LabelFactory LABELS = new LabelFactory();
    private static final RegressionFactory REALS = new RegressionFactory();

    private static Example<Label> kind(Label label, String[] names, double... values) {
        return new ArrayExample<>(label, names, values);
    }

    private static DataSource<Label> kinds() {
        return new ListDataSource<>(
                List.of(
                        kind(new Label("b"), new String[] {"z", "a"}, 1, 2),
                        kind(LABELS.getUnknownOutput(), new String[] {"a"}, 3),
                        kind(new Label("a"), new String[] {"m"}, 4)),
                LABELS,
                new SimpleDataSourceProvenance("kinds", LABELS));
    }

    private static List<Example<Regressor>> sizes() {
        List<Example<Regressor>> sizes = new ArrayList<>();
        sizes.add(new ArrayExample<>(new Regressor("DIM-0", 0.5), new String[] {"a", "z"}, new double[] {2, 1}));
        sizes.add(new ArrayExample<>(REALS.getUnknownOutput(), new String[] {"a"}, new double[] {3}));
        sizes.add(new ArrayExample<>(new Regressor("DIM-0", 2.5), new String[] {"m"}, new double[] {4}));
        return sizes;
    }

    private static Input.Dense x(MultiTaskData data) {
        return (Input.Dense) data.input(MultiTaskData.FEATURES);
    }

    @Test
    void features_stand_in_the_order_of_tribuos_feature_map_and_absent_ones_are_0() {
        MultiTaskData data = TribuoExamples.of(KIND, kinds()).join();
        ImmutableFeatureMap map = new MutableDataset<>(kinds()).getFeatureIDMap();
        List<String> tribuo = IntStream.range(0, map.size())
                .mapToObj(id -> map.get(id).getName())
                .toList();
        assertThat(x(data).features()).isEqualTo(tribuo).containsExactly("a", "m", "z");
        assertThat(x(data).get(0, 0)).isEqualTo(2);
        assertThat(x(data).get(0, 1)).isZero();
        assertThat(x(data).get(0, 2)).isEqualTo(1);
    }

    @Test
    void tribuos_unknown_output_is_no_label() {
        MultiTaskData data = TribuoExamples.of(KIND, kinds()).and(SIZE, sizes()).join();
        assertThat(data.rows()).isEqualTo(3);
        Classes kind = (Classes) data.target("kind");
        assertThat(kind.classes()).containsExactly("a", "b");
        assertThat(List.of(kind.index(0), kind.index(1), kind.index(2))).containsExactly(1, -1, 0);
        Reals size = (Reals) data.target("size");
        assertThat(size.isLabelled(1)).isFalse();
        assertThat(size.get(2, 0)).isEqualTo(2.5f);
    }

    @Test
    void stacked_sources_share_the_union_of_their_features() {
        List<Example<Regressor>> other =
                List.of(new ArrayExample<>(new Regressor("DIM-0", 7), new String[] {"q"}, new double[] {9}));
        MultiTaskData data = TribuoExamples.of(KIND, kinds()).and(SIZE, other).stack();
        assertThat(data.rows()).isEqualTo(4);
        assertThat(x(data).features()).containsExactly("a", "m", "q", "z");
        assertThat(x(data).get(3, 2)).isEqualTo(9);
        assertThat(data.target("kind").isLabelled(3)).isFalse();
        assertThat(data.target("size").labelled()).isEqualTo(1);
    }

    @Test
    void a_data_set_brings_the_features_of_its_map() {
        MutableDataset<Label> train = new MutableDataset<>(kinds());
        DataSource<Label> one = new ListDataSource<>(
                List.of(kind(new Label("a"), new String[] {"a"}, 1)),
                LABELS,
                new SimpleDataSourceProvenance("one", LABELS));
        var test = ImmutableDataset.copyDataset(
                new MutableDataset<>(one), train.getFeatureIDMap(), train.getOutputIDInfo());
        assertThat(x(TribuoExamples.of(KIND, test).join()).features()).containsExactly("a", "m", "z");
    }

    @Test
    void dimensions_keep_tribuos_names() {
        String[] names = {"v", "u"};
        List<Example<Regressor>> two = List.of(
                new ArrayExample<>(new Regressor(names, new double[] {2, 1}), new String[] {"a"}, new double[] {1}),
                new ArrayExample<>(
                        new Regressor(new String[] {"w"}, new double[] {1}), new String[] {"a"}, new double[] {1}));
        Reals first = (Reals) TribuoExamples.of(SIZE, two.subList(0, 1)).join().target("size");
        assertThat(first.dimensions()).containsExactly("u", "v");
        assertThat(first.get(0, 0)).isEqualTo(1);
        assertThatThrownBy(() -> TribuoExamples.of(SIZE, two).join())
                .hasMessage("Task 'size': example 1 has dimensions [w], the first has [u, v].\n"
                        + "Give every example the same dimensions.");
    }

    @Test
    void labelled_rows_go_back_to_tribuo_and_return_unchanged() {
        MultiTaskData data = TribuoExamples.of(KIND, kinds()).and(SIZE, sizes()).join();
        MutableDataset<Label> kinds = TribuoExamples.dataset(data, KIND);
        MutableDataset<Regressor> sizes = TribuoExamples.dataset(data, SIZE);
        assertThat(kinds.size()).isEqualTo(2);
        assertThat(kinds.getExample(0).getOutput()).isEqualTo(new Label("b"));
        assertThat(sizes.getExample(1).getOutput().getValues()).containsExactly(2.5);
        MultiTaskData back = TribuoExamples.of(KIND, kinds).and(SIZE, sizes).join();
        assertThat(back.toString()).isEqualTo(data.select(0, 2).toString());
        assertThat(x(back).get(1, 1)).isEqualTo(4);
    }

    @Test
    void no_examples_and_weighted_examples_are_errors() {
        assertThatThrownBy(() -> TribuoExamples.of(KIND, List.of()))
                .hasMessage(
                        "Task 'kind': its data set holds 0 examples: data need at least one.\nCheck what was read.");
        Example<Label> heavy = kind(new Label("a"), new String[] {"a"}, 1);
        heavy.setWeight(2);
        assertThatThrownBy(() -> TribuoExamples.of(KIND, List.of(heavy)))
                .hasMessage("Task 'kind': example 0 has weight 2.0, but rows have no weights.\n"
                        + "Leave example weights at 1 and weigh the task instead.");
    }
}
