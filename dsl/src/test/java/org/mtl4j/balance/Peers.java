package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.stream.Stream;
import org.mtl4j.golden.Tensors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Figures of another library, which a resource of the tests holds with their source. */
final class Peers {

    private Peers() {}

    /** The cases of a method. */
    static Stream<JsonNode> cases(String resource, String method) {
        try (InputStream in = Peers.class.getResourceAsStream("/balance/" + resource)) {
            JsonNode file = new ObjectMapper().readTree(Objects.requireNonNull(in, resource));
            assertThat(file.path("source").asString("")).isNotEmpty();
            return file.path("cases")
                    .valueStream()
                    .filter(each -> each.path("method").asString("").equals(method));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** [tasks][parameters]. */
    static double[][] gradients(JsonNode each) {
        return each.path("gradients").valueStream().map(Tensors::values).toArray(double[][]::new);
    }
}
