package org.mtl4j.golden;

import java.util.Locale;
import java.util.Optional;
import org.mtl4j.tensor.Activation;
import tools.jackson.databind.JsonNode;

/** Activations by the names of golden files: {@code leaky_relu}, {@code LeakyReLU}. */
final class Activations {

    private Activations() {}

    /** The activation of this name with its parameters; none if it is not one of ours. */
    static Optional<Activation> named(String name, JsonNode config) {
        return Optional.ofNullable(
                switch (name.toLowerCase(Locale.ROOT).replace("_", "")) {
                    case "identity" -> new Activation.Identity();
                    case "relu" -> new Activation.Relu();
                    case "leakyrelu" ->
                        new Activation.LeakyRelu(config.path("slope")
                                .asDouble(config.path("negative_slope").asDouble(0.01)));
                    case "elu" -> new Activation.Elu(config.path("alpha").asDouble(1));
                    case "gelu" ->
                        config.path("approximate").asString("none").equals("tanh")
                                ? new Activation.GeluTanh()
                                : new Activation.Gelu();
                    case "gelutanh" -> new Activation.GeluTanh();
                    case "silu" -> new Activation.Silu();
                    case "tanh" -> new Activation.Tanh();
                    case "sigmoid" -> new Activation.Sigmoid();
                    case "softplus" -> new Activation.Softplus();
                    case "softmax" -> new Activation.Softmax();
                    case "logsoftmax" -> new Activation.LogSoftmax();
                    default -> null;
                });
    }
}
