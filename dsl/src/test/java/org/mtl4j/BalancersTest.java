package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.alignedMtl;
import static org.mtl4j.Mtl.alternating;
import static org.mtl4j.Mtl.autoLambda;
import static org.mtl4j.Mtl.auxiNash;
import static org.mtl4j.Mtl.balancer;
import static org.mtl4j.Mtl.byLabels;
import static org.mtl4j.Mtl.cagrad;
import static org.mtl4j.Mtl.chebyshev;
import static org.mtl4j.Mtl.config;
import static org.mtl4j.Mtl.conflictGraph;
import static org.mtl4j.Mtl.cosmos;
import static org.mtl4j.Mtl.crMogm;
import static org.mtl4j.Mtl.curriculum;
import static org.mtl4j.Mtl.dbMtl;
import static org.mtl4j.Mtl.direction;
import static org.mtl4j.Mtl.dtp;
import static org.mtl4j.Mtl.dualproj;
import static org.mtl4j.Mtl.dwa;
import static org.mtl4j.Mtl.equal;
import static org.mtl4j.Mtl.excessMtl;
import static org.mtl4j.Mtl.fairgrad;
import static org.mtl4j.Mtl.famo;
import static org.mtl4j.Mtl.fixed;
import static org.mtl4j.Mtl.gls;
import static org.mtl4j.Mtl.go4align;
import static org.mtl4j.Mtl.graddrop;
import static org.mtl4j.Mtl.gradientSimilarity;
import static org.mtl4j.Mtl.gradnorm;
import static org.mtl4j.Mtl.gradvac;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.igb;
import static org.mtl4j.Mtl.importance;
import static org.mtl4j.Mtl.imtl;
import static org.mtl4j.Mtl.imtlG;
import static org.mtl4j.Mtl.imtlL;
import static org.mtl4j.Mtl.krum;
import static org.mtl4j.Mtl.logLosses;
import static org.mtl4j.Mtl.mgda;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.moco;
import static org.mtl4j.Mtl.modo;
import static org.mtl4j.Mtl.nashMtl;
import static org.mtl4j.Mtl.olAux;
import static org.mtl4j.Mtl.pbi;
import static org.mtl4j.Mtl.pcd;
import static org.mtl4j.Mtl.pcgrad;
import static org.mtl4j.Mtl.projectOut;
import static org.mtl4j.Mtl.psmgd;
import static org.mtl4j.Mtl.rlw;
import static org.mtl4j.Mtl.sampleByLoss;
import static org.mtl4j.Mtl.sdmgrad;
import static org.mtl4j.Mtl.single;
import static org.mtl4j.Mtl.smoothChebyshev;
import static org.mtl4j.Mtl.stch;
import static org.mtl4j.Mtl.trimmedMean;
import static org.mtl4j.Mtl.uncertainty;
import static org.mtl4j.Mtl.upgrad;
import static org.mtl4j.Mtl.uwSo;
import static org.mtl4j.Toys.CASUAL;
import static org.mtl4j.Toys.RAIN;
import static org.mtl4j.Toys.REGISTERED;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.balance.Aggregator;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.Every;
import org.mtl4j.balance.Masking;
import org.mtl4j.balance.Smoothed;
import org.mtl4j.balance.Weighting;
import org.mtl4j.data.Split;
import org.mtl4j.train.Epoch;
import org.mtl4j.train.Probe;

/** Balancers in a recipe. */
class BalancersTest {

    private static final Recipe RECIPE = hard(mlp(16))
            .tasks(CASUAL, REGISTERED, RAIN)
            .optimise(adam(0.01))
            .epochs(6)
            .batch(32)
            .seed(7);

    private static Balancer inverseLoss() {
        return balancer(
                "inverse loss",
                step -> IntStream.range(0, step.tasks())
                        .mapToDouble(t -> step.isLabelled(t) ? 1 / (0.1 + step.loss(t)) : 0)
                        .toArray());
    }

    private static Balancer inverseLength() {
        return balancer(
                        "inverse length",
                        step -> IntStream.range(0, step.tasks())
                                .mapToDouble(t -> 1 / (0.1 + Math.sqrt(step.gram(t, t))))
                                .toArray())
                .readsGram();
    }

    static Stream<Balancer> balancers() {
        return Stream.of(
                mgda(),
                famo(),
                mgda().headsWeighted(),
                mgda().l2(),
                mgda().loss(),
                mgda().lossPlus(),
                mgda().lossPlus().unnormalisedUpdate(),
                cagrad(),
                cagrad(0.2).headsWeighted(),
                upgrad(),
                dualproj(),
                nashMtl().maxNorm(1),
                nashMtl().with(CASUAL, 3).with(REGISTERED, 1).with(RAIN, 1).maxNorm(1),
                fairgrad(2),
                imtlG(),
                alignedMtl(),
                config(),
                gradvac(),
                gradnorm(),
                gradnorm().baseline(1).headsWeighted(),
                gradnorm().atLayers("encoder"),
                gradnorm().atRepresentation(),
                imtl(),
                imtl().atRepresentation(),
                uncertainty().then(pcgrad()),
                modo(),
                sdmgrad(),
                imtlL().then(modo()),
                graddrop(),
                graddrop().atRepresentation(),
                dbMtl(),
                moco(),
                excessMtl(),
                trimmedMean(1),
                krum(0),
                krum(0, 2).plainDistances(),
                pcd(CASUAL).tau(0.1),
                projectOut(CASUAL),
                gradientSimilarity(REGISTERED),
                gradientSimilarity(CASUAL).gated(),
                olAux(RAIN).every(2),
                olAux(CASUAL).logLosses(),
                auxiNash(CASUAL).learnEvery(2).maxNorm(1),
                autoLambda().initial(1).rate(0.01),
                autoLambda(CASUAL).initial(1),
                conflictGraph().refresh(2).threshold(0),
                dwa(),
                dwa().temperature(1).every(3),
                byLabels(),
                byLabels().power(-1),
                importance(CASUAL, 3).with(REGISTERED, 1).with(RAIN, 2),
                gls(),
                rlw(),
                rlw().dirichlet(),
                imtlL(),
                uwSo(),
                uncertainty().positive(),
                stch().warmUp(1),
                chebyshev(),
                smoothChebyshev(0.1).with(CASUAL, 0.5).with(REGISTERED, 0.3).with(RAIN, 0.2),
                pbi(1).ideal(RAIN, 0.1),
                cosmos(0.1),
                logLosses(),
                igb(),
                go4align(),
                dtp(),
                alternating(),
                sampleByLoss(),
                curriculum().from(RAIN, 1).ramp(2),
                pcgrad().every(4).smoothed(0.9),
                crMogm(nashMtl()),
                psmgd(4, 0.5),
                mgda().atRepresentation().every(2),
                dwa().afterWarmUp(3).clipped(0.5, 2),
                graddrop().afterWarmUpSteps(9),
                imtlL().then(imtlG()),
                uncertainty().then(moco()),
                famo().then(cagrad().atRepresentation())
                        .every(3)
                        .smoothed(0.5)
                        .clipped(0, 1)
                        .afterWarmUp(1),
                inverseLength().every(2),
                direction("sum", (gradients, step) -> gradients.sum(0)),
                dwa().then(direction("sum", (gradients, step) -> gradients.sum(0))),
                inverseLoss().then(inverseLength()),
                inverseLoss(),
                inverseLength());
    }

    private static double sumOfLosses(Epoch epoch) {
        return epoch.trainLosses().stream().mapToDouble(loss -> loss).sum();
    }

    @ParameterizedTest
    @MethodSource("balancers")
    void every_balancer_brings_the_losses_down_on_data_with_missing_labels(Balancer balancer) {
        Split split = Toys.rows(200, 0.6, 3).split(0.7, 0.15, 0.15).seed(7);
        Run run = RECIPE.balance(balancer).fit(split);
        List<Epoch> epochs = run.history().epochs();
        assertThat(epochs).hasSize(6);
        assertThat(sumOfLosses(epochs.get(5))).isLessThan(0.9 * sumOfLosses(epochs.get(0)));
        assertThat(RECIPE.balance(balancer).toString()).contains(".balance(" + balancer + ")");
    }

    @ParameterizedTest
    @MethodSource("balancers")
    void every_balancer_can_be_a_part_of_another(Balancer balancer) {
        List<Balancer> wholes = new ArrayList<>(List.of(balancer.afterWarmUp(1)));
        Weighting running = balancer.start(List.of("casual", "registered", "rain"));
        if (!(running instanceof Aggregator || running instanceof Masking)) {
            wholes.add(new Smoothed(new Every(balancer, 2), 0.5).clipped(-2, 2));
        }
        if (balancer.needs() != Balancer.Needs.LOSSES) {
            wholes.add(uncertainty().then(balancer));
        }
        Split split = Toys.rows(200, 0.6, 3).split(0.7, 0.15, 0.15).seed(7);
        for (Balancer whole : wholes) {
            List<Epoch> epochs =
                    RECIPE.epochs(4).balance(whole).fit(split).history().epochs();
            assertThat(epochs).as("%s", whole).hasSize(4);
            assertThat(sumOfLosses(epochs.get(3))).as("%s", whole).isLessThan(0.97 * sumOfLosses(epochs.get(0)));
            assertThat(epochs.get(3).weights()).as("%s", whole).allMatch(Double::isFinite);
        }
    }

    @Test
    void weights_by_labels_count_the_training_part() {
        Split split = Toys.rows(200, 0.6, 3).split(0.7, 0.15, 0.15).seed(7);
        double[] labels = Stream.of("casual", "registered", "rain")
                .mapToDouble(name -> split.train().target(name).labelled())
                .toArray();
        double sum = labels[0] + labels[1] + labels[2];
        List<Double> weights =
                RECIPE.balance(byLabels()).fit(split).history().epochs().get(0).weights();
        for (int t = 0; t < 3; t++) {
            assertThat(weights.get(t)).isCloseTo(3 * labels[t] / sum, within(1e-12));
        }
    }

    @Test
    void a_step_tells_its_epoch_and_its_tasks() {
        List<Long> epochs = new ArrayList<>();
        List<List<String>> names = new ArrayList<>();
        RECIPE.epochs(3)
                .balance(balancer("listening", step -> {
                    epochs.add(step.epoch());
                    names.add(step.names());
                    return new double[] {1, 1, 1};
                }))
                .fit(Toys.split());
        assertThat(epochs).containsExactly(0L, 0L, 0L, 0L, 0L, 1L, 1L, 1L, 1L, 1L, 2L, 2L, 2L, 2L, 2L);
        assertThat(names).containsOnly(List.of("casual", "registered", "rain"));
    }

    @Test
    void dynamic_weights_begin_with_the_third_epoch() {
        List<Epoch> epochs = RECIPE.balance(dwa().temperature(0.5))
                .fit(Toys.split())
                .history()
                .epochs();
        assertThat(epochs.get(0).weights()).containsExactly(1.0, 1.0, 1.0);
        assertThat(epochs.get(1).weights()).containsExactly(1.0, 1.0, 1.0);
        assertThat(epochs.get(2).weights()).doesNotContain(1.0);
        assertThat(epochs.get(2).weights().stream().mapToDouble(w -> w).sum()).isCloseTo(3, within(1e-12));
    }

    @Test
    void a_balancer_keyed_by_task_serves_a_subset_of_them() {
        List<String> subset = List.of("rain", "casual");
        Recipe recipe = hard(mlp(16)).tasks(RAIN, CASUAL).epochs(1).batch(32);
        Balancer shares = importance(CASUAL, 3).with(REGISTERED, 7).with(RAIN, 1);
        Balancer weights = fixed(CASUAL, 3).with(REGISTERED, 7).with(RAIN, 1);
        assertThatThrownBy(() -> recipe.balance(shares))
                .hasMessage("importance(): there is a share for 'registered', which is no task of the recipe.\n"
                        + "The tasks are [rain, casual].");
        assertThat(firstWeights(recipe.balance(shares.restrictTo(subset)))).containsExactly(0.5, 1.5);
        assertThat(firstWeights(recipe.balance(weights.restrictTo(subset)))).containsExactly(1.0, 3.0);
        assertThat(mgda().restrictTo(subset)).isEqualTo(mgda());
    }

    @Test
    void conflict_is_recorded_at_the_steps_that_form_a_gram() {
        assertThat(probed(mgda())).containsExactlyElementsOf(range(0, 30, 1));
        assertThat(probed(mgda().every(4))).containsExactlyElementsOf(range(0, 30, 4));
        assertThat(probed(mgda().afterWarmUp(2))).containsExactlyElementsOf(range(10, 30, 1));
    }

    private static List<Integer> probed(Balancer balancer) {
        Run run = RECIPE.balance(balancer).fit(Toys.split());
        return run.history().probes().stream().map(Probe::step).toList();
    }

    private static List<Integer> range(int from, int to, int by) {
        return IntStream.iterate(from, i -> i < to, i -> i + by).boxed().toList();
    }

    @Test
    void weights_are_1_in_the_warm_up() {
        List<Epoch> epochs = RECIPE.balance(mgda().headsWeighted().afterWarmUp(2))
                .fit(Toys.split())
                .history()
                .epochs();
        List<Epoch> equal = RECIPE.balance(equal()).fit(Toys.split()).history().epochs();
        assertThat(epochs.get(1).weights()).containsExactly(1.0, 1.0, 1.0);
        assertThat(epochs.get(1).trainLosses()).isEqualTo(equal.get(1).trainLosses());
        assertThat(epochs.get(2).weights().stream().mapToDouble(w -> w).sum()).isCloseTo(1, within(1e-9));
    }

    @Test
    void a_composition_that_cannot_work_is_named_where_it_is_given() {
        assertThatThrownBy(() -> RECIPE.balance(moco().every(4)).fit(Toys.split()))
                .hasMessageStartingWith("moco().every(4): moco() makes its update of the gradients themselves");
        assertThatThrownBy(() -> single(mlp(8))
                        .tasks(CASUAL, RAIN)
                        .balance(uncertainty().then(mgda()))
                        .fit(Toys.split()))
                .hasMessageStartingWith("uncertainty().then(mgda()): it balances the gradients of shared parameters");
        assertThatThrownBy(() -> RECIPE.balance(fixed(CASUAL, 1).then(mgda())))
                .hasMessageStartingWith("fixed(): no weight for task 'registered'");
    }

    private static List<Double> firstWeights(Recipe recipe) {
        return recipe.fit(Toys.split()).history().epochs().get(0).weights();
    }

    @Test
    void a_formula_that_answers_nonsense_is_named() {
        assertThatThrownBy(() -> RECIPE.balance(
                                balancer("mine", step -> new double[] {1, 1}).version("2"))
                        .fit(Toys.split()))
                .hasMessage("balancer(\"mine\").version(\"2\"): it answered 2 weights for 3 tasks.\n"
                        + "Answer one weight for each of [casual, registered, rain], in this order.");
    }

    @Test
    void gradients_of_nothing_shared_cannot_be_balanced() {
        assertThatThrownBy(
                        () -> single(mlp(8)).tasks(CASUAL, RAIN).balance(mgda()).fit(Toys.split()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("mgda(): it balances the gradients of shared parameters, but single(mlp(8))");
    }
}
