package org.mtl4j;

import java.util.Arrays;
import org.mtl4j.optimise.AdaBelief;
import org.mtl4j.optimise.Adadelta;
import org.mtl4j.optimise.Adagrad;
import org.mtl4j.optimise.Adam;
import org.mtl4j.optimise.Adamax;
import org.mtl4j.optimise.CosineRestarts;
import org.mtl4j.optimise.Ema;
import org.mtl4j.optimise.Lion;
import org.mtl4j.optimise.NAdam;
import org.mtl4j.optimise.OneCycle;
import org.mtl4j.optimise.Optimiser;
import org.mtl4j.optimise.Plateau;
import org.mtl4j.optimise.RAdam;
import org.mtl4j.optimise.Rate;
import org.mtl4j.optimise.RmsProp;
import org.mtl4j.optimise.Sam;
import org.mtl4j.optimise.Schedule;
import org.mtl4j.optimise.Sgd;

/** The words for optimisers and schedules. {@link Mtl} brings them. */
abstract class OptimiserWords extends EncoderWords {

    OptimiserWords() {}

    /** Stochastic gradient descent; {@code .momentum(0.9)} or {@code .nesterov(0.9)} add momentum. */
    public static Sgd sgd(double rate) {
        return Sgd.of(rate);
    }

    /** Adam (Kingma and Ba 2015). */
    public static Adam adam(double rate) {
        return Adam.of(rate);
    }

    /** AdamW (Loshchilov and Hutter 2019), weight decay 0.01. */
    public static Adam adamW(double rate) {
        return Adam.decoupled(rate);
    }

    /** Adagrad (Duchi et al. 2011). */
    public static Adagrad adagrad(double rate) {
        return Adagrad.of(rate);
    }

    /** Adadelta (Zeiler 2012); the paper's rate is 1. */
    public static Adadelta adadelta(double rate) {
        return Adadelta.of(rate);
    }

    /** RMSprop (Tieleman and Hinton 2012); {@code .centered()} and {@code .momentum(0.9)}. */
    public static RmsProp rmsprop(double rate) {
        return RmsProp.of(rate);
    }

    /** Adamax (Kingma and Ba 2015). */
    public static Adamax adamax(double rate) {
        return Adamax.of(rate);
    }

    /** NAdam (Dozat 2016): Adam with Nesterov's momentum. */
    public static NAdam nadam(double rate) {
        return NAdam.of(rate);
    }

    /** RAdam (Liu et al. 2020): Adam with a rectified start. */
    public static RAdam radam(double rate) {
        return RAdam.of(rate);
    }

    /** AdaBelief (Zhuang et al. 2020). */
    public static AdaBelief adaBelief(double rate) {
        return AdaBelief.of(rate);
    }

    /** Lion (Chen et al. 2023): steps by the sign of the momentum. */
    public static Lion lion(double rate) {
        return Lion.of(rate);
    }

    /** Sharpness-aware minimisation (Foret et al. 2021) around another optimiser, rho 0.05. */
    public static Sam sam(Optimiser base) {
        return sam(base, Sam.DEFAULT_RHO);
    }

    /** Sharpness-aware minimisation (Foret et al. 2021) around another optimiser: {@code sam(adam(1e-3), 0.1)}. */
    public static Sam sam(Optimiser base, double rho) {
        return new Sam(base, rho);
    }

    /** A rate for a group of parameters: {@code adam(1e-3).group("head", rate(1e-2).weightDecay(0))}. */
    public static Rate rate(double rate) {
        return Rate.of(rate);
    }

    /** An average of the parameters: {@code adam(1e-3).ema(ema(0.999).warmup())}. */
    public static Ema ema(double decay) {
        return Ema.of(decay);
    }

    /** The rate times a factor every so many steps. */
    public static Schedule stepDecay(int every, double factor) {
        return new Schedule.Step(every, factor);
    }

    /** The rate down a half cosine to 0 over the whole training. */
    public static Schedule cosine() {
        return new Schedule.Cosine(0, 0);
    }

    /** The rate down a half cosine to a floor over so many steps. */
    public static Schedule cosine(int steps, double floor) {
        return new Schedule.Cosine(steps, floor);
    }

    /** The rate times a factor at each of these steps: {@code multiStepDecay(0.1, 500, 800)}. */
    public static Schedule multiStepDecay(double factor, int... steps) {
        return new Schedule.MultiStep(factor, Arrays.stream(steps).boxed().toList());
    }

    /** The rate times a factor every step. */
    public static Schedule exponentialDecay(double factor) {
        return new Schedule.Exponential(factor);
    }

    /** The rate down to 0 over the whole training, in a line for power 1. */
    public static Schedule polynomialDecay(double power) {
        return new Schedule.Polynomial(power, Schedule.WHOLE);
    }

    /** The rate down to 0 over so many steps, in a line for power 1. */
    public static Schedule polynomialDecay(double power, int steps) {
        return new Schedule.Polynomial(power, steps);
    }

    /** The rate up to its base over so many steps, then down with the inverse square root of the step. */
    public static Schedule inverseSqrt(int warmup) {
        return new Schedule.InverseSqrt(warmup);
    }

    /** The rate down a half cosine again and again: {@code cosineRestarts(1000).growth(2)}. */
    public static CosineRestarts cosineRestarts(int steps) {
        return CosineRestarts.of(steps);
    }

    /** The rate up to its base and far down in one cycle over the whole training. */
    public static OneCycle oneCycle() {
        return OneCycle.whole();
    }

    /** The rate down whenever validation stands still: {@code plateau().factor(0.5).patience(3)}. */
    public static Plateau plateau() {
        return Plateau.usual();
    }
}
