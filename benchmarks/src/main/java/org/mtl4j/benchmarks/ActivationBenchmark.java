package org.mtl4j.benchmarks;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.mtl4j.tensor.Activation;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Each activation and its slope over [64, 128] normal numbers, in nanoseconds a number. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ActivationBenchmark {

    private static final int ROWS = 64;
    private static final int WIDTH = 128;
    private static final int NUMBERS = ROWS * WIDTH;

    /** The activations, with the settings that are usual. */
    public enum Function {
        /** max(x, 0). */
        RELU,
        /** Slope 0.01 below 0. */
        LEAKY_RELU,
        /** alpha = 1. */
        ELU,
        /** x Phi(x). */
        GELU,
        /** Its approximation by tanh. */
        GELU_TANH,
        /** x sigmoid(x). */
        SILU,
        /** tanh x. */
        TANH,
        /** 1 / (1 + e^-x). */
        SIGMOID,
        /** log(1 + e^x). */
        SOFTPLUS,
        /** Over each row of 128. */
        SOFTMAX,
        /** Over each row of 128. */
        LOG_SOFTMAX;

        private Activation activation() {
            return switch (this) {
                case RELU -> new Activation.Relu();
                case LEAKY_RELU -> new Activation.LeakyRelu(0.01);
                case ELU -> new Activation.Elu(1);
                case GELU -> new Activation.Gelu();
                case GELU_TANH -> new Activation.GeluTanh();
                case SILU -> new Activation.Silu();
                case TANH -> new Activation.Tanh();
                case SIGMOID -> new Activation.Sigmoid();
                case SOFTPLUS -> new Activation.Softplus();
                case SOFTMAX -> new Activation.Softmax();
                case LOG_SOFTMAX -> new Activation.LogSoftmax();
            };
        }
    }

    /** What is computed. */
    @Param
    public Function function = Function.RELU;

    private Activation activation = function.activation();
    private float[] x = new float[0];
    private float[] y = new float[0];
    private float[] signal = new float[0];
    private float[] scratch = new float[0];

    /** Fills the arrays. */
    @Setup
    public void fill() {
        activation = function.activation();
        x = RandomRows.normal(NUMBERS, new SplittableRandom(1));
        y = new float[NUMBERS];
        activation.forward(x, y, ROWS, WIDTH);
        signal = new float[NUMBERS];
        scratch = new float[NUMBERS];
    }

    /** y = f(x). */
    @Benchmark
    @OperationsPerInvocation(NUMBERS)
    public float[] forward() {
        activation.forward(x, scratch, ROWS, WIDTH);
        return scratch;
    }

    /** The signal times f'(x), with the filling of the signal, less than a tenth of it. */
    @Benchmark
    @OperationsPerInvocation(NUMBERS)
    public float[] slope() {
        Arrays.fill(signal, 1f); // or it would come to be denormal, which is slow
        activation.backward(x, y, null, ROWS, 1, WIDTH, signal, 0, scratch);
        return signal;
    }
}
