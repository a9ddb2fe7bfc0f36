package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.balancer;
import static org.mtl4j.Mtl.cagrad;
import static org.mtl4j.Mtl.direction;
import static org.mtl4j.Mtl.equal;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.pcgrad;
import static org.mtl4j.Mtl.uncertainty;
import static org.mtl4j.Toys.CASUAL;
import static org.mtl4j.Toys.RAIN;
import static org.mtl4j.Toys.REGISTERED;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;
import org.junit.jupiter.api.Test;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.OwnDirection;
import org.mtl4j.data.Split;
import org.mtl4j.nd4j.Nd4jArrays;
import org.mtl4j.tensor.Draws;
import org.mtl4j.train.Epoch;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Updates of the user's own beside the built-in ones. */
public class OwnDirectionRunTest { // public, since a shell writes to it

    private static final Split SPLIT =
            Toys.rows(200, 0.7, 3).split(0.7, 0.15, 0.15).seed(7);
    private static final Recipe RECIPE = hard(mlp(12))
            .tasks(CASUAL, REGISTERED, RAIN)
            .optimise(adam(0.01))
            .epochs(3)
            .batch(32)
            .seed(3);

    /** As the paper has it, with the draws of the built-in one. */
    private static final OwnDirection PCGRAD = direction("pcgrad by hand", (gradients, step) -> {
        INDArray sum = gradients.sum(0).mul(0);
        for (int i = 0; i < step.tasks(); i++) {
            int task = i;
            int[] order =
                    IntStream.range(0, step.tasks()).filter(j -> j != task).toArray();
            Draws.shuffle(order, order.length, step.random());
            INDArray projected = gradients.getRow(i).dup();
            for (int j : order) {
                INDArray other = gradients.getRow(j);
                double product = projected.mul(other).sumNumber().doubleValue();
                double square = other.mul(other).sumNumber().doubleValue();
                if (product < 0 && square > 0) {
                    projected.subi(other.mul(product / square));
                }
            }
            sum.addi(projected);
        }
        return sum;
    });

    /** What a cell made. */
    public static Balancer typed = equal();

    private static void assertSame(Balancer mine, Balancer builtIn) {
        Run own = RECIPE.balance(mine).fit(SPLIT);
        Run run = RECIPE.balance(builtIn).fit(SPLIT);
        for (int p = 0; p < run.net().parameters().size(); p++) {
            float[] expected = run.net().parameters().get(p).toArray();
            assertThat(own.net().parameters().get(p).toArray()).containsExactly(expected, within(2e-3f));
        }
        List<Epoch> epochs = own.history().epochs();
        for (int e = 0; e < epochs.size(); e++) {
            double[] weights = array(run.history().epochs().get(e).weights());
            assertThat(array(epochs.get(e).weights())).containsExactly(weights, within(0.02));
        }
        assertThat(own.history().probes()).hasSameSizeAs(run.history().probes());
    }

    private static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(x -> x).toArray();
    }

    @Test
    void pcgrad_written_by_hand_is_the_built_in_one() {
        assertSame(PCGRAD, pcgrad());
    }

    @Test
    void it_is_made_of_the_gradients_of_the_losses_as_a_loss_method_scaled_them() {
        assertSame(uncertainty().then(PCGRAD), uncertainty().then(pcgrad()));
    }

    @Test
    void weights_read_from_the_gradients_are_those_read_from_the_gram() {
        Balancer byGram = balancer("shares", step -> shares(step.tasks(), t -> step.gram(t, t)))
                .readsGram();
        Balancer byGradients = balancer("shares", step -> {
                    INDArray gradients = Nd4jArrays.gradients(step);
                    return shares(step.tasks(), t -> {
                        INDArray row = gradients.getRow(t).castTo(DataType.DOUBLE);
                        return row.mul(row).sumNumber().doubleValue();
                    });
                })
                .readsGradients();
        assertSame(byGradients, byGram);
    }

    private static double[] shares(int tasks, IntToDoubleFunction square) {
        double[] lengths = IntStream.range(0, tasks)
                .mapToDouble(t -> Math.sqrt(square.applyAsDouble(t)))
                .toArray();
        double sum = Arrays.stream(lengths).sum();
        return Arrays.stream(lengths).map(length -> length / sum).toArray();
    }

    @Test
    void a_cell_of_a_notebook_makes_one() {
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
                shell.addToClasspath(entry);
            }
            evaluate(shell, "import static org.mtl4j.Mtl.*;");
            evaluate(shell, """
                    var mine = direction("steepest sum", (gradients, step) -> gradients.sum(0));""");
            evaluate(shell, "org.mtl4j.OwnDirectionRunTest.typed = mine;");
        }
        assertThat(typed).hasToString("direction(\"steepest sum\")");
        Balancer sum = balancer("sum", step -> new double[] {1, 1, 1}).readsGram();
        Run own = RECIPE.balance(typed).fit(SPLIT);
        Run run = RECIPE.balance(sum).fit(SPLIT);
        for (int p = 0; p < run.net().parameters().size(); p++) {
            float[] expected = run.net().parameters().get(p).toArray();
            assertThat(own.net().parameters().get(p).toArray()).containsExactly(expected, within(2e-3f));
        }
    }

    private static void evaluate(JShell shell, String line) {
        for (SnippetEvent event : shell.eval(line)) {
            assertThat(shell.diagnostics(event.snippet())).as(line).isEmpty();
            assertThat(event.exception()).as(line).isNull();
        }
    }

    @Test
    void an_answer_of_the_wrong_shape_is_named() {
        Balancer tooShort = direction("short", (gradients, step) -> gradients.mean(1));
        assertThatThrownBy(() -> RECIPE.balance(tooShort).fit(SPLIT))
                .hasMessageStartingWith("direction(\"short\"): it answered 3 numbers for ");
        assertThatThrownBy(() -> RECIPE.balance(cagrad().afterWarmUp(1).then(PCGRAD)))
                .hasMessageStartingWith("cagrad().afterWarmUp(1).then(direction(\"pcgrad by hand\")): cagrad()");
    }
}
