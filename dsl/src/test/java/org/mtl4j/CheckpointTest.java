package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.alternating;
import static org.mtl4j.Mtl.autoLambda;
import static org.mtl4j.Mtl.auxiNash;
import static org.mtl4j.Mtl.balancer;
import static org.mtl4j.Mtl.batchNorm;
import static org.mtl4j.Mtl.cagrad;
import static org.mtl4j.Mtl.conflictGraph;
import static org.mtl4j.Mtl.cosine;
import static org.mtl4j.Mtl.dbMtl;
import static org.mtl4j.Mtl.decoder;
import static org.mtl4j.Mtl.dense;
import static org.mtl4j.Mtl.direction;
import static org.mtl4j.Mtl.dtp;
import static org.mtl4j.Mtl.dwa;
import static org.mtl4j.Mtl.ema;
import static org.mtl4j.Mtl.equal;
import static org.mtl4j.Mtl.excessMtl;
import static org.mtl4j.Mtl.famo;
import static org.mtl4j.Mtl.fusion;
import static org.mtl4j.Mtl.go4align;
import static org.mtl4j.Mtl.graddrop;
import static org.mtl4j.Mtl.gradnorm;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.igb;
import static org.mtl4j.Mtl.imtl;
import static org.mtl4j.Mtl.imtlL;
import static org.mtl4j.Mtl.mgda;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.moco;
import static org.mtl4j.Mtl.modo;
import static org.mtl4j.Mtl.olAux;
import static org.mtl4j.Mtl.pcd;
import static org.mtl4j.Mtl.pcgrad;
import static org.mtl4j.Mtl.plateau;
import static org.mtl4j.Mtl.relu;
import static org.mtl4j.Mtl.rlw;
import static org.mtl4j.Mtl.sam;
import static org.mtl4j.Mtl.sampleByLoss;
import static org.mtl4j.Mtl.sdmgrad;
import static org.mtl4j.Mtl.sequential;
import static org.mtl4j.Mtl.sgd;
import static org.mtl4j.Mtl.soft;
import static org.mtl4j.Mtl.stch;
import static org.mtl4j.Mtl.task;
import static org.mtl4j.Mtl.transformer;
import static org.mtl4j.Mtl.uncertainty;
import static org.mtl4j.ToyViews.MATCH;
import static org.mtl4j.ToyViews.MOOD;
import static org.mtl4j.ToyWords.FIRST;
import static org.mtl4j.Toys.CASUAL;
import static org.mtl4j.Toys.RAIN;
import static org.mtl4j.Toys.REGISTERED;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.balance.Balancer;
import org.mtl4j.data.Split;
import org.mtl4j.optimise.Catalogue;
import org.mtl4j.optimise.Optimiser;
import org.mtl4j.task.Task;
import org.mtl4j.tensor.Layer;
import org.mtl4j.train.Balancing;
import org.mtl4j.train.Ending;
import org.mtl4j.train.Epoch;
import org.mtl4j.train.History;
import org.mtl4j.train.Probe;
import org.mtl4j.train.Training;
import org.mtl4j.train.TrainingListener;
import org.tribuo.classification.Label;

/** A training that stops and goes on ends with the bits of one that never stopped. */
class CheckpointTest {

    /** 150 of 200 rows in batches of 32: 5 batches an epoch, the last of 12 rows. */
    private static final Split SPLIT =
            Toys.rows(200, 0.7, 3).split(0.7, 0.15, 0.15).seed(7);

    private static final Recipe RECIPE = hard(mlp(12, 8).dropout(0.2))
            .tasks(CASUAL, REGISTERED.weight(0.5), RAIN)
            .epochs(5)
            .batch(32)
            .watchConflict(2)
            .seed(3);

    @TempDir
    Path folder;

    static Stream<Optimiser> optimisers() {
        return Stream.concat(
                Catalogue.all(0.01),
                Stream.of(
                        adam(0.01).accumulate(3),
                        adam(0.01).accumulate(2).ema(0.9).clipNorm(1),
                        adam(0.01).ema(ema(0.9).warmup()).warmup(7),
                        adam(0.01).ema(ema(0.9).debiased()).schedule(cosine()),
                        sgd(0.05).momentum(0.9).schedule(plateau().patience(0).factor(0.5)),
                        adam(0.01).group("encoder", 1e-3).group("head.rain", 0.1)));
    }

    static Stream<Balancer> balancers() {
        return Stream.of(
                equal(),
                uncertainty(),
                dwa(),
                dwa().every(3),
                rlw(),
                imtlL(),
                stch().warmUp(0),
                igb().base(0),
                go4align().rate(0.1),
                dtp(),
                famo(),
                alternating(),
                graddrop(),
                graddrop().atRepresentation(),
                dbMtl(),
                moco(),
                excessMtl(),
                olAux(CASUAL).rate(1).every(2),
                auxiNash(RAIN).learnEvery(3).rate(0.1),
                autoLambda(RAIN, CASUAL).rate(0.01),
                conflictGraph().refresh(2).threshold(0),
                modo(),
                sdmgrad(),
                imtl(),
                pcd(CASUAL).tau(0.5),
                gradnorm(),
                gradnorm().baseline(3).atRepresentation(),
                dwa().every(3).then(gradnorm().baseline(2)),
                sampleByLoss(),
                mgda(),
                cagrad(),
                pcgrad(),
                pcgrad().every(4).smoothed(0.9),
                mgda().smoothed(0.5).every(4).every(2),
                dwa().every(3).afterWarmUp(1).smoothed(0.5),
                famo().then(pcgrad().every(3)).smoothed(0.5).afterWarmUpSteps(5),
                uncertainty().smoothed(0.9).then(mgda().smoothed(0.9)).every(2),
                imtlL().then(moco()).afterWarmUp(1),
                direction(
                        "drawn",
                        (gradients, step) -> gradients.sum(0).mul(step.random().nextDouble())),
                balancer("drawn", step -> new double[] {
                            step.random().nextDouble(), 1, step.random().nextGaussian() + 9
                        })
                        .readsGram());
    }

    private Recipe kept(Recipe recipe) {
        return recipe.checkpoint(folder.resolve("run.checkpoint").toString());
    }

    private static Run fit(Recipe recipe) {
        return fit(recipe, SPLIT);
    }

    private static Run fit(Recipe recipe, Split split) {
        return recipe.fit(split, Training.Audience.NOBODY);
    }

    private void assertSameBits(Recipe recipe, int... batches) {
        assertSameBits(SPLIT, recipe, batches);
    }

    /** Stops in these batches, one after the other, each counted from where the training goes on. */
    private void assertSameBits(Split split, Recipe recipe, int... batches) {
        Run whole = fit(recipe, split);
        for (int batch : batches) {
            Run part = fit(kept(recipe.balance(new Interrupting(recipe.plan().balancer(), batch))), split);
            assertThat(part.history().ending()).isInstanceOf(Ending.Interrupted.class);
        }
        Run rest = fit(kept(recipe), split);
        assertSame(rest, whole);
        assertThat(rest.predict(split.test())).isEqualTo(whole.predict(split.test()));
    }

    private static void assertSame(Run actual, Run expected) {
        assertThat(actual.net().parameters()).isEqualTo(expected.net().parameters());
        History one = actual.history();
        History other = expected.history();
        assertThat(timeless(one.epochs())).isEqualTo(timeless(other.epochs()));
        assertThat(numbers(one.probes())).isEqualTo(numbers(other.probes()));
        assertThat(timeless(one.balancing())).isEqualTo(timeless(other.balancing()));
        assertThat(one.bestEpoch()).isEqualTo(other.bestEpoch());
        assertThat(one.ending()).isEqualTo(other.ending());
        assertThat(one.notes()).isEmpty();
    }

    private static List<Epoch> timeless(List<Epoch> epochs) {
        return epochs.stream()
                .map(e -> new Epoch(
                        e.number(),
                        e.step(),
                        e.trainLosses(),
                        e.validationLosses(),
                        e.criterion(),
                        e.weights(),
                        e.coupling(),
                        e.rate(),
                        Duration.ZERO))
                .toList();
    }

    private static Balancing timeless(Balancing balancing) {
        return new Balancing(
                balancing.first(), balancing.last(), balancing.points(), balancing.update(), Balancing.NONE.time());
    }

    private static List<Object> numbers(List<Probe> probes) {
        return probes.stream()
                .<Object>map(p -> List.of(
                        p.epoch(),
                        p.step(),
                        list(p.total().toArray()),
                        p.layers().stream().map(layer -> list(layer.toArray())).toList()))
                .toList();
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("optimisers")
    void every_optimiser_goes_on_in_the_middle_of_an_epoch(Optimiser optimiser) {
        assertSameBits(RECIPE.optimise(optimiser), 7, 2, 5);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("balancers")
    void every_balancer_goes_on_in_the_middle_of_an_epoch(Balancer balancer) {
        assertSameBits(RECIPE.balance(balancer).optimise(adam(0.01)), 12, 0, 3);
    }

    @Test
    void soft_sharing_and_best_epochs_and_patience_go_on_too() {
        Recipe soft =
                soft(mlp(8)).tasks(CASUAL, REGISTERED).optimise(adam(0.05)).batch(32);
        assertSameBits(soft.epochs(4).seed(5), 6);
    }

    @Test
    void running_statistics_go_on() {
        assertNormedGoesOn(batchNorm());
    }

    @Test
    void running_statistics_of_each_task_go_on() {
        assertNormedGoesOn(batchNorm().perTask());
    }

    private void assertNormedGoesOn(Layer norm) {
        Recipe normed = hard(sequential(dense(8), norm, relu()))
                .tasks(CASUAL, REGISTERED)
                .optimise(sam(adam(0.01)))
                .epochs(4)
                .batch(32)
                .seed(5);
        assertSameBits(normed, 7);
    }

    @Test
    void a_decoder_goes_on_in_the_middle_of_an_epoch() {
        Task<Label> written = task("backwards").sequence(decoder(2, 1).dropout(0.1));
        Recipe writing = hard(transformer(16, 2, 1)).tasks(written, FIRST).optimise(adam(3e-3));
        Split words = ToyWords.rows(200, 1).split(0.7, 0.15, 0.15).seed(3);
        assertSameBits(words, writing.balance(pcgrad()).epochs(3).batch(32).seed(7), 7, 2);
    }

    @Test
    void pairs_go_on_in_the_middle_of_an_epoch() {
        Recipe pairs = hard(fusion().input("image", mlp(16).dropout(0.2))
                        .input("text", mlp(16))
                        .late(8))
                .tasks(MATCH, MOOD)
                .optimise(adam(1e-2));
        Split views = ToyViews.rows(200, 1).split(0.7, 0.15, 0.15).seed(3);
        assertSameBits(views, pairs.balance(pcgrad()).epochs(3).batch(32).seed(7), 7, 2);
    }

    @Test
    void the_times_of_the_steps_before_are_counted_on() {
        Recipe recipe = kept(RECIPE.balance(mgda()));
        Balancing.Time part = fit(recipe.balance(new Interrupting(mgda(), 9)))
                .history()
                .balancing()
                .time();
        Balancing.Time rest = fit(recipe).history().balancing().time();
        assertThat(part.signals()).isPositive();
        assertThat(rest.signals()).isGreaterThan(part.signals());
        assertThat(rest.weighing()).isGreaterThan(part.weighing());
        assertThat(rest.steps()).isGreaterThan(part.steps());
    }

    @Test
    void patience_counts_on() {
        Recipe stopping = RECIPE.optimise(adam(0.3)).epochs(200).earlyStop(3);
        assertSameBits(stopping, 6, 9);
        assertThat(fit(kept(stopping)).history().ending()).isEqualTo(new Ending.EarlyStopped(3));
    }

    @Test
    void a_length_in_steps_goes_on_to_the_same_step() {
        assertSameBits(RECIPE.steps(13), 8);
    }

    @Test
    void a_training_that_is_over_answers_its_run_again_without_a_step() throws Exception {
        Run run = fit(kept(RECIPE));
        byte[] bytes = Files.readAllBytes(folder.resolve("run.checkpoint"));
        Run again = fit(kept(RECIPE));
        assertSame(again, run);
        assertThat(Files.readAllBytes(folder.resolve("run.checkpoint"))).isEqualTo(bytes);
        assertSame(fit(RECIPE.resume(folder.resolve("run.checkpoint").toString())), run);
    }

    @Test
    void it_is_written_every_so_many_steps_and_leaves_nothing_beside_it() throws Exception {
        Path file = folder.resolve("run.checkpoint");
        Recipe often = RECIPE.checkpoint(file.toString(), 1);
        assertSame(fit(often), fit(RECIPE));
        try (Stream<Path> beside = Files.list(folder)) {
            assertThat(beside).containsExactly(file);
        }
    }

    @Test
    void a_recipe_prints_where_it_is_kept_and_takes_it_into_no_study() {
        assertThat(RECIPE.checkpoint("a").lines()).endsWith(".seed(3)\n    .checkpoint(\"a\")");
        assertThat(RECIPE.checkpoint("a", 50).lines()).endsWith("\n    .checkpoint(\"a\", 50)");
        assertThat(RECIPE.resume("a").lines()).endsWith("\n    .resume(\"a\")");
    }

    @Test
    void a_recipe_with_an_own_balancer_says_that_the_file_does_not_hold_what_its_formula_remembers() {
        Recipe own = RECIPE.balance(balancer("mine", step -> new double[] {1, 1, 1}));
        String note = "The checkpoint does not hold what the formula of balancer(\"mine\") remembers by itself.";
        assertThat(own.checkpoint("a").toString()).contains(note);
        assertThat(own.toString()).doesNotContain("checkpoint");
        assertThat(RECIPE.checkpoint("a").toString()).doesNotContain("remembers");
    }

    @Test
    void the_listener_hears_where_a_training_goes_on() {
        fit(kept(RECIPE.balance(new Interrupting(RECIPE.plan().balancer(), 6))));
        List<String> titles = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void started(Started event) {
                titles.add(event.title());
            }

            @Override
            public void progress(Progress event) {}

            @Override
            public void ended(History history) {}
        };
        kept(RECIPE).fit(SPLIT, new Training.Audience("toys", listener));
        assertThat(titles).containsExactly("toys, from step 7 on");
    }
}
