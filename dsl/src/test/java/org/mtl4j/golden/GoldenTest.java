package org.mtl4j.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.mtl4j.balance.AggregatorGolden;
import org.mtl4j.balance.CaGradGolden;
import org.mtl4j.balance.DualConeGolden;
import org.mtl4j.balance.DwaGolden;
import org.mtl4j.balance.FairSharesGolden;
import org.mtl4j.balance.FamoGolden;
import org.mtl4j.balance.GlsGolden;
import org.mtl4j.balance.Go4AlignGolden;
import org.mtl4j.balance.GradNormGolden;
import org.mtl4j.balance.GradVacGolden;
import org.mtl4j.balance.ImtlGolden;
import org.mtl4j.balance.MgdaGolden;
import org.mtl4j.balance.OwnParameterGolden;
import org.mtl4j.balance.PcGradGolden;
import org.mtl4j.balance.RlwGolden;
import org.mtl4j.balance.SamplingGolden;
import org.mtl4j.balance.SpectralGolden;
import org.mtl4j.balance.StchGolden;
import org.mtl4j.fitted.BoxPrecisionGolden;
import org.mtl4j.fitted.ClassMetricGolden;
import org.mtl4j.fitted.NumberMetricGolden;
import org.mtl4j.fitted.TextMetricGolden;
import org.mtl4j.measure.DeltaMGolden;
import org.mtl4j.tensor.Recurrent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs every golden file below the directory that {@code -Dmtl4j.golden} names. A file that a runner knows is run, even
 * where the pending list matches it; one on the list is skipped by its name; any other fails.
 */
@Tag("golden")
class GoldenTest {

    private static final Set<String> FOLDERS =
            Set.of("balance", "sharing", "metrics", "layers", "losses", "optimisers", "trajectories");

    private static final List<Runner> RUNNERS = List.of(
            new LinearGolden(),
            new GraphGolden(),
            new ActivationGolden(),
            new ConvGolden("Conv1d"),
            new ConvGolden("Conv2d"),
            new ConvGolden("ConvTranspose2d"),
            new NormGolden("BatchNorm"),
            new NormGolden("GroupNorm"),
            new PoolGolden(),
            new UpsampleGolden(),
            new EmbeddingGolden(),
            new PositionsGolden(),
            new RecurrentGolden(Recurrent.Cell.LSTM),
            new RecurrentGolden(Recurrent.Cell.GRU),
            new AttentionGolden(),
            new EncoderBlockGolden(),
            new LayerNormGolden(),
            new CrossEntropyGolden(),
            new BinaryCrossEntropyGolden(),
            new MultiLabelGolden(),
            new RegressionLossGolden(),
            new FocalGolden(),
            new OrderLossGolden(),
            new PositionLossGolden(),
            new CrfGolden(),
            new ContrastiveGolden(),
            new OptimiserGolden(),
            new ClippingGolden(),
            new ScheduleGolden(),
            new EmaGolden(),
            new PcGradGolden(),
            OwnParameterGolden.uncertainty(),
            OwnParameterGolden.imtlL(),
            new MgdaGolden(),
            new DwaGolden(),
            new AggregatorGolden(),
            new GlsGolden(),
            new RlwGolden(),
            new StchGolden(),
            new Go4AlignGolden(),
            new FamoGolden(),
            new CaGradGolden(),
            new DualConeGolden(),
            new FairSharesGolden(),
            new SpectralGolden(),
            new GradVacGolden(),
            new GradNormGolden(),
            new ImtlGolden(),
            new SamplingGolden(),
            new TrajectoryGolden(),
            new ClassMetricGolden(),
            new NumberMetricGolden(),
            new TextMetricGolden(),
            new BoxPrecisionGolden(),
            new SequenceTrajectoryGolden(),
            deltaM());

    private final Pending pending = Pending.read(Path.of("src/test/resources/golden-pending.txt"));

    @TestFactory
    Stream<DynamicNode> every_golden_file() throws IOException {
        Path root = Path.of(System.getProperty("mtl4j.golden"));
        List<GoldenFile> files = read(root);
        assertThat(files).as("golden files below %s", root).isNotEmpty();
        return files.stream().map(this::test);
    }

    private static List<GoldenFile> read(Path root) throws IOException {
        JsonMapper mapper = new JsonMapper();
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(path -> path.toString().endsWith(".json"))
                    .filter(path ->
                            FOLDERS.contains(root.relativize(path).getName(0).toString()))
                    .sorted()
                    .map(path ->
                            new GoldenFile(root.relativize(path).toString().replace('\\', '/'), mapper.readTree(path)))
                    .toList();
        }
    }

    private DynamicNode test(GoldenFile file) {
        Optional<Runner> runner =
                RUNNERS.stream().filter(each -> each.knows(file)).findFirst();
        if (runner.isPresent() && file.json().has("cases")) {
            assertThat(file.cases()).as(file.path()).isNotEmpty();
            return dynamicContainer(file.path(), file.cases().stream().map(each -> test(file, each, runner.get())));
        } else if (runner.isPresent()) {
            return dynamicTest(file.path(), () -> runner.get().check(file.json()));
        }
        return pending.names(file) ? skipped(file.path()) : unknown(file.path(), file.schema() + ", " + file.name());
    }

    private DynamicTest test(GoldenFile file, JsonNode each, Runner runner) {
        String name = file.path() + " " + each.path("id").asString("");
        if (runner.knowsCase(each)) {
            return dynamicTest(name, () -> runner.check(each));
        }
        return pending.names(file, each) ? skipped(name) : unknown(name, "a case of " + file.name());
    }

    private static DynamicTest skipped(String name) {
        return dynamicTest(name, () -> Assumptions.abort("Not built yet: " + name));
    }

    private static DynamicTest unknown(String name, String what) {
        return dynamicTest(
                name,
                () -> fail(
                        "%s (%s): no runner knows it and golden-pending.txt does not name it.".formatted(name, what)));
    }

    private static Runner deltaM() {
        return new Runner() {
            @Override
            public boolean knows(GoldenFile file) {
                return DeltaMGolden.knows(file.json());
            }

            @Override
            public void check(JsonNode each) {
                DeltaMGolden.check(JsonMapper.shared()
                        .createObjectNode()
                        .set("cases", JsonMapper.shared().createArrayNode().add(each)));
            }
        };
    }
}
