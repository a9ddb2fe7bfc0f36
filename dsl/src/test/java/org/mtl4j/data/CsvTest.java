package org.mtl4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.data.TargetColumn.Classes;
import org.mtl4j.data.TargetColumn.Marks;
import org.mtl4j.data.TargetColumn.Reals;
import org.tribuo.classification.Label;
import org.tribuo.data.columnar.processors.field.TextFieldProcessor;
import org.tribuo.data.columnar.processors.response.FieldResponseProcessor;
import org.tribuo.data.text.impl.BasicPipeline;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.util.tokens.impl.BreakIteratorTokenizer;

class CsvTest {

    private static final Target<Regressor> CASUAL = Targets.real("casual");
    private static final Target<Label> KIND = Targets.classes("kind");
    private static final Target<MultiLabel> GENRES = Targets.labels("genres");

    private static final String BIKES = """
            season,temp,day,casual,kind
            winter,0.24,1,3,"low, very"
            winter,0.5,1,16,high
            summer,-1e-1,2,NA,high
            """;

    @TempDir
    Path folder;

    private Csv csv(String text) {
        try {
            return Csv.of(Files.writeString(folder.resolve("bikes.csv"), text));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static float[] row(MultiTaskData data, int row) {
        Input.Dense x = (Input.Dense) data.input(MultiTaskData.FEATURES);
        float[] values = new float[x.width()];
        x.copyRow(row, values, 0);
        return values;
    }

    private static List<String> features(MultiTaskData data) {
        return ((Input.Dense) data.input(MultiTaskData.FEATURES)).features();
    }

    @Test
    void columns_become_numbers_categories_targets_and_groups() {
        MultiTaskData data = csv(BIKES)
                .target(CASUAL)
                .target(KIND)
                .group("day")
                .missing("", "NA")
                .read();
        assertThat(features(data)).containsExactly("season@summer", "season@winter", "temp");
        assertThat(row(data, 0)).containsExactly(0, 1, 0.24f);
        assertThat(row(data, 2)).containsExactly(1, 0, -0.1f);
        Reals casual = (Reals) data.target("casual");
        assertThat(casual.get(1, 0)).isEqualTo(16);
        assertThat(casual.isLabelled(2)).isFalse();
        assertThat(casual.dimensions()).containsExactly("DIM-0");
        Classes kind = (Classes) data.target("kind");
        assertThat(kind.classes()).containsExactly("high", "low, very");
        assertThat(kind.index(0)).isEqualTo(1);
        assertThat(data.group("day").keys()).containsExactly("1", "2");
    }

    @Test
    void withers_say_what_a_column_is() {
        MultiTaskData data = csv(BIKES)
                .target(KIND)
                .categorical("day")
                .drop("casual", "season")
                .group("day")
                .read();
        assertThat(features(data)).containsExactly("day@1", "day@2", "temp");
        assertThat(data.groups()).containsExactly("day");
    }

    @Test
    void a_wither_changes_no_older_reading() {
        Csv plain = csv(BIKES).target(KIND).drop("casual");
        plain.drop("temp", "season");
        assertThat(features(plain.read())).contains("temp", "season@winter");
    }

    @Test
    void quotes_hold_commas_quotes_backslashes_and_line_breaks() {
        MultiTaskData data = csv("name,x,kind\n\"a, \"\"b\"\"\nc\",1,\"\\d\"\n\n,2,e\n")
                .target(KIND)
                .categorical("name")
                .read();
        assertThat(features(data)).containsExactly("name@", "name@a, \"b\" c", "x");
        assertThat(((Classes) data.target("kind")).classes()).containsExactly("\\d", "e");
    }

    @Test
    void a_byte_order_mark_and_windows_line_ends_are_read_over() {
        MultiTaskData data = csv("\uFEFFx,kind\r\n1,a\r\n2,b\r\n").target(KIND).read();
        assertThat(features(data)).containsExactly("x");
        assertThat(((Classes) data.target("kind")).classes()).containsExactly("a", "b");
    }

    @Test
    void classes_that_are_numbers_are_numbered_by_value() {
        MultiTaskData data = csv("x,kind\n1,10\n2,9\n3,-1\n").target(KIND).read();
        assertThat(((Classes) data.target("kind")).classes()).containsExactly("-1", "9", "10");
    }

    @Test
    void tribuo_processors_make_features_and_targets() {
        Target<Regressor> pose = Targets.real("pose");
        MultiTaskData data = csv("text,u,v\ngood film,1,2\nbad film,,\n")
                .field(new TextFieldProcessor("text", new BasicPipeline(new BreakIteratorTokenizer(Locale.ROOT), 1)))
                .target(
                        pose,
                        new FieldResponseProcessor<>(List.of("u", "v"), List.of("", ""), new RegressionFactory(), true))
                .read();
        assertThat(features(data)).hasSize(3).allMatch(name -> name.startsWith("text@"));
        assertThat(data.target("pose").width()).isEqualTo(2);
        assertThat(data.target("pose").get(0, 1)).isEqualTo(2);
        assertThat(data.target("pose").isLabelled(1)).isFalse();
    }

    @Test
    void it_splits_in_one_line_and_carries_the_checksum_of_the_file() {
        Split split = csv("x,kind\n"
                        + IntStream.range(0, 20).mapToObj(i -> i + ",a\n").collect(Collectors.joining()))
                .target(KIND)
                .split(0.5, 0.25, 0.25);
        assertThat(split.train().rows()).isEqualTo(10);
        assertThat(split.train().origin().title()).isEqualTo("bikes.csv");
        assertThat(split.train().origin().sha256()).hasSize(64);
    }

    @Test
    void it_prints_as_the_line_that_makes_it() {
        assertThat(Csv.of("bikes.csv")
                        .target(CASUAL)
                        .numeric("temp")
                        .categorical("hr", "season")
                        .drop("a\"b")
                        .group("day")
                        .missing("", "NA"))
                .hasToString("csv(\"bikes.csv\").target(casual).numeric(\"temp\").categorical(\"hr\", \"season\")"
                        + ".drop(\"a\\\"b\").group(\"day\").missing(\"\", \"NA\")");
    }

    @Test
    void a_file_that_is_not_there_is_an_error() {
        assertThatThrownBy(() -> Csv.of("no.csv").read())
                .hasMessage(
                        "No file 'no.csv'.\nRelative paths start at '%s'.",
                        Path.of("").toAbsolutePath());
    }

    @Test
    void an_empty_file_and_one_without_rows_are_errors() {
        assertThatThrownBy(() -> csv("").read())
                .hasMessage("bikes.csv is empty.\nThe first line names the columns, each further line is a row.");
        assertThatThrownBy(() -> csv("a,b\n").read())
                .hasMessage("bikes.csv has column names but no rows.\nAdd a line per row.");
    }

    @Test
    void a_header_without_distinct_names_is_an_error() {
        assertThatThrownBy(() -> csv("a,b,a\n1,2,3\n").read())
                .hasMessage("bikes.csv, line 1: two columns are named 'a'.\nGive every column a name of its own.");
        assertThatThrownBy(() -> csv("a,,c\n1,2,3\n").read())
                .hasMessage("bikes.csv, line 1: column 2 has no name.\nGive every column a name of its own.");
    }

    @Test
    void a_ragged_row_is_an_error_with_its_line() {
        assertThatThrownBy(() -> csv("a,b\n\"1\n2\",3\n4\n").read())
                .hasMessage("bikes.csv, line 4: 1 cells but 2 columns.\n"
                        + "Give every row a cell per column, and quote cells that hold a comma.");
    }

    @Test
    void a_quote_that_never_ends_is_an_error_with_its_line() {
        assertThatThrownBy(() -> csv("a,b\n1,2\n\"3,4\n").read())
                .hasMessage("bikes.csv, line 3: a quoted cell that begins here never ends.\n"
                        + "Close the quote, and write a quote inside a cell twice (\"\").");
    }

    @Test
    void text_that_is_not_utf8_is_an_error() throws IOException {
        Path file = folder.resolve("latin.csv");
        Files.write(file, new byte[] {'a', '\n', (byte) 0xE9, '\n'});
        assertThatThrownBy(() -> Csv.of(file).read())
                .hasMessage("latin.csv is not UTF-8 text (near line 1).\nSave it as UTF-8.");
    }

    @Test
    void a_column_that_is_not_there_is_an_error_that_suggests_one() {
        assertThatThrownBy(() -> csv(BIKES).target(Targets.real("casuals")).read())
                .hasMessage("bikes.csv has no column 'casuals'.\n"
                        + "Did you mean 'casual'? Its columns are season, temp, day, casual, kind.");
        assertThatThrownBy(() -> csv(BIKES).drop("humidity").read())
                .hasMessage("bikes.csv has no column 'humidity'.\nIts columns are season, temp, day, casual, kind.");
        assertThatThrownBy(() -> csv(BIKES).group("date").read())
                .hasMessage("bikes.csv has no column 'date'.\n"
                        + "Did you mean 'day'? Its columns are season, temp, day, casual, kind.");
    }

    @Test
    void a_column_named_twice_is_an_error() {
        assertThatThrownBy(() -> csv(BIKES).target(CASUAL).numeric("casual").read())
                .hasMessage(
                        "bikes.csv: column 'casual' is named twice, as target 'casual' and as input.\nName it once.");
        assertThatThrownBy(() -> csv(BIKES).numeric("temp").drop("temp").read())
                .hasMessage("bikes.csv: column 'temp' is named twice, as input and as dropped.\nName it once.");
    }

    @Test
    void text_in_a_numeric_column_is_an_error_with_its_place() {
        assertThatThrownBy(() -> csv(BIKES).numeric("season").read())
                .hasMessage("bikes.csv, line 2: column 'season' holds 'winter', which is not a finite number.\n"
                        + "Correct it, or say .categorical(\"season\") or .drop(\"season\").");
    }

    @Test
    void a_missing_number_in_an_input_is_an_error_and_never_a_category() {
        assertThatThrownBy(() -> csv("x,y\n1,2\n,3\n").read())
                .hasMessage("bikes.csv, line 3: column 'x' is empty, but a numeric input needs a number in every row.\n"
                        + "Fill it in, drop the row, or say .drop(\"x\").");
        assertThatThrownBy(() -> csv("x,y\n1,2\nNA,3\n").missing("NA").read())
                .hasMessage("bikes.csv, line 3: column 'x' holds 'NA', which is not a finite number.\n"
                        + "Correct it, or say .categorical(\"x\") or .drop(\"x\").");
    }

    @Test
    void text_in_a_real_target_is_an_error_with_its_place() {
        assertThatThrownBy(() -> csv(BIKES).target(CASUAL).read())
                .hasMessage("bikes.csv, line 4: column 'casual' holds 'NA', which is not a finite number, but task"
                        + " 'casual' predicts one.\n"
                        + "Correct it, or say .missing(\"\", \"NA\") if it stands for no label.");
    }

    private static final String GAPS = """
            temp,casual,kind
            1,NaN,low
            2,,NaN
            3,nan,
            4,16,high
            """;

    @Test
    void cells_that_the_user_names_are_missing_labels_of_numbers_and_of_classes() {
        MultiTaskData data =
                csv(GAPS).target(CASUAL).target(KIND).missing("", "NaN", "nan").read();
        assertThat(features(data)).containsExactly("temp");
        Reals casual = (Reals) data.target("casual");
        assertThat(casual.labelled()).isEqualTo(1);
        assertThat(casual.get(3, 0)).isEqualTo(16);
        Classes kind = (Classes) data.target("kind");
        assertThat(kind.classes()).containsExactly("high", "low");
        assertThat(IntStream.range(0, 4).map(kind::index)).containsExactly(1, -1, -1, 0);
    }

    @Test
    void an_empty_label_is_missing_unasked_but_nan_is_not() {
        assertThatThrownBy(() -> csv(GAPS).target(CASUAL).categorical("kind").read())
                .hasMessage("bikes.csv, line 2: column 'casual' holds 'NaN', which is not a finite number, but task"
                        + " 'casual' predicts one.\n"
                        + "Correct it, or say .missing(\"\", \"NaN\") if it stands for no label.");
        assertThat(((Classes) csv(GAPS).target(KIND).drop("casual").read().target("kind")).classes())
                .containsExactly("NaN", "high", "low");
    }

    @Test
    void each_further_word_for_missing_is_named_beside_those_that_were_given() {
        assertThatThrownBy(() ->
                        csv(GAPS).target(CASUAL).drop("kind").missing("", "NaN").read())
                .hasMessage("bikes.csv, line 4: column 'casual' holds 'nan', which is not a finite number, but task"
                        + " 'casual' predicts one.\n"
                        + "Correct it, or say .missing(\"\", \"NaN\", \"nan\") if it stands for no label.");
        assertThatThrownBy(() ->
                        csv(GAPS).target(CASUAL).drop("kind").missing("NaN").read())
                .hasMessage("bikes.csv, line 3: column 'casual' is empty, which is not a finite number, but task"
                        + " 'casual' predicts one.\n"
                        + "Correct it, or say .missing(\"\", \"NaN\") if it stands for no label.");
    }

    @Test
    void nan_in_an_input_stays_an_error_whatever_stands_for_a_missing_label() {
        assertThatThrownBy(() -> csv("x,casual\nNaN,1\n")
                        .target(CASUAL)
                        .missing("", "NaN")
                        .read())
                .hasMessage("bikes.csv, line 2: column 'x' holds 'NaN', which is not a finite number.\n"
                        + "Correct it, or say .categorical(\"x\") or .drop(\"x\").");
    }

    @Test
    void a_column_of_names_is_not_taken_for_categories() {
        String names =
                IntStream.range(0, 501).mapToObj(i -> "1,name " + i + "\n").collect(Collectors.joining());
        assertThatThrownBy(() -> csv("x,who\n" + names).read())
                .hasMessage("bikes.csv: column 'who' holds 501 different texts, so it is not taken for categories"
                        + " unasked.\nSay .drop(\"who\"), .group(\"who\") or .categorical(\"who\").");
    }

    @Test
    void a_file_without_inputs_is_an_error() {
        assertThatThrownBy(() -> csv("x,kind\n1,a\n").target(KIND).drop("x").read())
                .hasMessage("bikes.csv: no column is left as an input (of x, kind).\n"
                        + "Name one with .numeric(..) or .categorical(..).");
    }

    private static final String FILMS = """
            minutes,action,war
            90,1,0
            120,,1
            100,,
            """;

    @Test
    void columns_of_1_and_0_are_the_labels_of_one_target_and_an_empty_cell_is_unknown() {
        Csv films = csv(FILMS).labels(GENRES, "action", "war");
        Marks genres = (Marks) films.read().target("genres");
        assertThat(features(films.read())).containsExactly("minutes");
        assertThat(genres.labels()).containsExactly("action", "war");
        assertThat(genres.holds(0, 0)).isTrue();
        assertThat(genres.isKnown(1, 0)).isFalse();
        assertThat(genres.holds(1, 1)).isTrue();
        assertThat(genres.isLabelled(2)).isFalse();
        assertThat(films.toString()).contains(".labels(genres, \"action\", \"war\")");
        assertThatThrownBy(() -> csv(FILMS.replace("120,", "120,yes"))
                        .labels(GENRES, "action", "war")
                        .read())
                .hasMessage(
                        "bikes.csv, line 3: column 'action' holds 'yes', but task 'genres' takes 1 where the label holds and 0 where it does not.\n"
                                + "Correct it, or name it with .missing(..) if it stands for unknown.");
        assertThatThrownBy(() -> csv(FILMS).labels(GENRES))
                .hasMessage(
                        "labels(genres): no column is named, so there is nothing to predict.\nName a column per label.");
    }

    @Test
    void a_cell_of_several_names_is_a_set_of_labels() {
        Marks genres = (Marks) csv("minutes,genres\n90,\"action,war\"\n120,\n100,war\n")
                .target(GENRES)
                .read()
                .target("genres");
        assertThat(genres.labels()).containsExactly("action", "war");
        assertThat(genres.isLabelled(1)).isFalse();
        assertThat(genres.holds(2, 0)).isFalse();
        assertThat(genres.holds(2, 1)).isTrue();
    }
}
