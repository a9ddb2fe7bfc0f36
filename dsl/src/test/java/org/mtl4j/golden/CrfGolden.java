package org.mtl4j.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.mtl4j.task.Crf;
import org.mtl4j.task.Viterbi;
import tools.jackson.databind.JsonNode;

/** The CRF's log-likelihood, its gradients and Viterbi's paths against those over all paths. */
final class CrfGolden implements Runner {

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden/losses/1") && file.name().equals("CRF");
    }

    @Override
    public void check(JsonNode each) {
        JsonNode inputs = each.path("inputs");
        JsonNode emissions = inputs.path("emissions");
        int length = Tensors.shape(emissions)[1];
        int k = Tensors.width(emissions);
        double[] lengths = Tensors.values(inputs.path("lengths"));
        float[] own = own(each.path("params"), k);
        LossProbe probe = LossProbe.at(
                length,
                new Crf(LossProbe.reduction(
                        each.path("config").path("reduction").asString("mean"))),
                Tensors.floats(emissions),
                k,
                Tensors.floats(inputs.path("tags")),
                at -> at % length < lengths[at / length],
                own);
        Tensors.assertClose("value", probe.value(), each.path("value").asDouble(), Tensors.OUTPUT);
        JsonNode grads = each.path("grads");
        Tensors.assertGradient("emissions", probe.signal(), Tensors.values(grads.path("emissions")));
        Tensors.assertGradient("own", probe.ownGradient(), doubles(own(grads, k)));
        for (int n = 0; n < lengths.length; n++) {
            path(each.path("aux"), n, Tensors.floats(emissions), length * k, (int) lengths[n], own);
        }
    }

    private static void path(JsonNode aux, int n, float[] emissions, int stride, int length, float[] own) {
        int k = (int) Math.round(Math.sqrt(own.length + 1.0)) - 1;
        int[] at = IntStream.range(0, length).map(t -> n * stride + t * k).toArray();
        int[] path = new int[length];
        double score = Viterbi.decode(emissions, at, length, own, path);
        Tensors.assertClose(
                "Viterbi score", score, aux.path("viterbi_score").path(n).asDouble(), Tensors.OUTPUT);
        assertThat(path)
                .containsExactly(aux.path("viterbi_path")
                        .path(n)
                        .valueStream()
                        .mapToInt(JsonNode::asInt)
                        .toArray());
    }

    private static float[] own(JsonNode tensors, int k) {
        float[] own = new float[k * (k + 2)];
        System.arraycopy(Tensors.floats(tensors.path("start")), 0, own, 0, k);
        System.arraycopy(Tensors.floats(tensors.path("transitions")), 0, own, k, k * k);
        System.arraycopy(Tensors.floats(tensors.path("end")), 0, own, k + k * k, k);
        return own;
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }
}
