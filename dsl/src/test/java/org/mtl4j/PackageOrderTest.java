package org.mtl4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.show.Table;

/**
 * The map of the house and its law. A batch travels through the packages in this order, and each knows only those above
 * it in the list:
 */
class PackageOrderTest {

    private static final String ROOT = "org.mtl4j";

    private static final List<String> ORDER = List.of(
            "show", // how a value shows itself
            "bytes", // plain data in files, whole or not at all
            "tensor", // arrays, the tape, kernels, BLAS
            "data", // rows -> columns with label masks -> split -> batch
            "layer", // encoder building blocks
            "task", // kind, head, loss
            "sharing", // encoder + tasks -> graph
            "balance", // losses or Gram -> weights
            "optimise", // optimisers, schedules, clipping
            "train", // the step and the loop
            "fitted", // what a training leaves: predictions and models
            "measure", // conflict, transfer, delta-m, intervals
            "study", // designs of many trainings, run side by side, and what they say
            "nd4j", // arrays and data sets in and out
            "chart"); // results -> pictures
    // and the root package, the DSL on top, which none of them knows

    /** Libraries, and the only packages that may know them; the root may know all. */
    private static final List<Home> HOMES = List.of(
            new Home("the BLAS", List.of("dev.ludovic..", "com.sun.jna..", "org.bytedeco.."), List.of("tensor")),
            new Home("ND4J", List.of("org.nd4j.."), List.of("fitted", "nd4j")),
            new Home("XChart", List.of("org.knowm..", "de.erichseifert.."), List.of("chart")),
            new Home(
                    "Tribuo",
                    List.of("org.tribuo..", "com.oracle.labs.."),
                    List.of("data", "task", "fitted", "measure", "nd4j")),
            new Home("DFLib", List.of("org.dflib.."), List.of("study")),
            // not to log, but to silence libraries that would write into a notebook's cell
            new Home("java.util.logging", List.of("java.util.logging.."), List.of("tensor", "fitted")));

    private record Home(String library, List<String> packages, List<String> homes) {
        @Override
        public String toString() {
            return library + " in " + homes;
        }
    }

    /** The main classes alone: tests may know what they like. */
    private static final JavaClasses MAIN = new ClassFileImporter()
            .importUrl(Table.class.getProtectionDomain().getCodeSource().getLocation());

    static Stream<String> packages() {
        return ORDER.stream();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void a_package_knows_only_those_before_it(String each) {
        String[] later = Stream.concat(
                        Stream.of(ROOT),
                        ORDER.subList(ORDER.indexOf(each) + 1, ORDER.size()).stream()
                                .map(PackageOrderTest::below))
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(below(each))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(later)
                .allowEmptyShould(true) // a package may still be empty
                .check(MAIN);
    }

    @Test
    void every_package_is_on_the_map() {
        String[] known = Stream.concat(Stream.of(ROOT), ORDER.stream().map(PackageOrderTest::below))
                .toArray(String[]::new);
        classes().should().resideInAnyPackage(known).check(MAIN);
    }

    static Stream<Home> libraries() {
        return HOMES.stream();
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void a_library_is_known_in_its_home_only(Home home) {
        String[] homes = Stream.concat(Stream.of(ROOT), home.homes().stream().map(PackageOrderTest::below))
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideOutsideOfPackages(homes)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(home.packages().toArray(String[]::new))
                .check(MAIN);
    }

    @Test
    void the_core_prints_nothing() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(MAIN);
    }

    @Test
    void a_class_is_named_by_its_concept() {
        noClasses()
                .should()
                .haveNameMatching(".*(Utils?|Helpers?|Manager|Impl)")
                .check(MAIN);
    }

    private static String below(String name) {
        return ROOT + "." + name + "..";
    }
}
