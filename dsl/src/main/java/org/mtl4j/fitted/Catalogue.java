package org.mtl4j.fitted;

import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.Initialiser;

/** Reads activations and initialisers from the words that they print as: {@code elu(1.0)}. */
final class Catalogue {

    private Catalogue() {}

    static Activation activation(String words) {
        return switch (name(words)) {
            case "identity" -> new Activation.Identity();
            case "relu" -> new Activation.Relu();
            case "leakyRelu" -> new Activation.LeakyRelu(number(words));
            case "elu" -> new Activation.Elu(number(words));
            case "gelu" -> new Activation.Gelu();
            case "geluTanh" -> new Activation.GeluTanh();
            case "silu" -> new Activation.Silu();
            case "tanh" -> new Activation.Tanh();
            case "sigmoid" -> new Activation.Sigmoid();
            case "softplus" -> new Activation.Softplus();
            case "softmax" -> new Activation.Softmax();
            case "logSoftmax" -> new Activation.LogSoftmax();
            default -> throw unknown("activation", words);
        };
    }

    static Initialiser initialiser(String words) {
        return switch (name(words)) {
            case "uniformFanIn" -> new Initialiser.UniformFanIn();
            case "heNormal" -> new Initialiser.HeNormal();
            case "heUniform" -> new Initialiser.HeUniform();
            case "glorotNormal" -> new Initialiser.GlorotNormal();
            case "glorotUniform" -> new Initialiser.GlorotUniform();
            case "normal" -> new Initialiser.Normal(number(words));
            case "zeros" -> new Initialiser.Zeros();
            default -> throw unknown("initialiser", words);
        };
    }

    /** The error of a name that no part of this mtl4j has. */
    static IllegalArgumentException unknown(String kind, String words) {
        return ByteReader.damaged("this mtl4j has no %s '%s'".formatted(kind, words));
    }

    private static String name(String words) {
        int bracket = words.indexOf('(');
        return bracket < 0 ? words : words.substring(0, bracket);
    }

    private static double number(String words) {
        return Double.parseDouble(words.substring(words.indexOf('(') + 1, words.length() - 1));
    }
}
