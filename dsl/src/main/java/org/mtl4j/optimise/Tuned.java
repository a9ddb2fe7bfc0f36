package org.mtl4j.optimise;

/** The withers that every optimiser has; each answers the optimiser's own type, so that a line may go on in any order. */
public sealed interface Tuned<O extends Tuned<O>> extends Optimiser
        permits AdaBelief, Adadelta, Adagrad, Adam, Adamax, Lion, NAdam, RAdam, RmsProp, Sam, Sgd {

    @Override
    O with(Settings other);

    @Override
    default O rate(double rate) {
        return with(settings().rate(rate));
    }

    @Override
    default O weightDecay(double factor) {
        return with(settings().weightDecay(factor));
    }

    @Override
    default O maximise() {
        return with(settings().maximise());
    }

    @Override
    default O schedule(Schedule schedule) {
        return with(settings().schedule(schedule));
    }

    @Override
    default O warmup(int steps) {
        return warmup(steps, Schedule.Warmup.DEFAULT_START);
    }

    @Override
    default O warmup(int steps, double start) {
        return with(settings().warmup(steps, start));
    }

    @Override
    default O clipNorm(double max) {
        return with(settings().clipping(new Clipping.Norm(max, 2)));
    }

    @Override
    default O clipValue(double max) {
        return with(settings().clipping(new Clipping.Value(max)));
    }

    @Override
    default O group(String prefix, double rate) {
        return group(prefix, Rate.of(rate));
    }

    @Override
    default O group(String prefix, Rate rate) {
        return with(settings().group(new Group(prefix, rate)));
    }

    @Override
    default O accumulate(int batches) {
        return with(settings().accumulate(batches));
    }

    @Override
    default O ema(double decay) {
        return ema(Ema.of(decay));
    }

    @Override
    default O ema(Ema ema) {
        return with(settings().ema(ema));
    }
}
