package org.mtl4j.train;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.mtl4j.bytes.ByteReader;
import org.mtl4j.bytes.ByteWriter;
import org.mtl4j.tensor.Gram;

/** What a training has recorded so far, as bytes: epochs, probes, and what the balancer did. */
final class HistoryForm {

    private HistoryForm() {}

    static void write(ByteWriter out, Epoch epoch) {
        out.integer(epoch.number());
        out.integer(epoch.step());
        out.reals(array(epoch.trainLosses()));
        out.reals(array(epoch.validationLosses()));
        out.real(epoch.criterion());
        out.reals(array(epoch.weights()));
        out.real(epoch.coupling());
        out.real(epoch.rate());
        out.longer(epoch.elapsed().toNanos());
    }

    static Epoch epoch(ByteReader in) {
        return new Epoch(
                in.integer(),
                in.integer(),
                list(in.reals()),
                list(in.reals()),
                in.real(),
                list(in.reals()),
                in.real(),
                in.real(),
                Duration.ofNanos(in.longer()));
    }

    static void write(ByteWriter out, Probe probe) {
        out.integer(probe.epoch());
        out.integer(probe.step());
        write(out, probe.total());
        out.list(probe.layers(), HistoryForm::write);
    }

    static Probe probe(ByteReader in) {
        return new Probe(in.integer(), in.integer(), gram(in), in.list(HistoryForm::gram));
    }

    static void write(ByteWriter out, Balancing.Point point) {
        out.integer(point.step());
        out.integer(point.batches());
        out.list(point.tasks(), HistoryForm::write);
        out.longer(point.iterations());
        out.longer(point.mostIterations());
    }

    static Balancing.Point point(ByteReader in) {
        return new Balancing.Point(in.integer(), in.integer(), in.list(HistoryForm::weighed), in.longer(), in.longer());
    }

    private static void write(ByteWriter out, Balancing.Weighed weighed) {
        out.real(weighed.mean());
        out.real(weighed.least());
        out.real(weighed.most());
        out.integer(weighed.zeros());
        out.real(weighed.loss());
    }

    private static Balancing.Weighed weighed(ByteReader in) {
        return new Balancing.Weighed(in.real(), in.real(), in.real(), in.integer(), in.real());
    }

    private static void write(ByteWriter out, Gram gram) {
        out.integer(gram.tasks());
        out.reals(gram.toArray());
    }

    private static Gram gram(ByteReader in) {
        int tasks = in.integer();
        double[] values = in.reals();
        if (tasks < 1 || values.length != (long) tasks * tasks) {
            throw in.damaged("a Gram of %d tasks has %d numbers".formatted(tasks, values.length));
        }
        return Gram.of(tasks, values);
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
