package org.mtl4j.benchmarks;

import java.util.HashMap;
import java.util.Map;

/** What a main was given as {@code --name value} pairs. */
final class Options {

    private final Map<String, String> given = new HashMap<>();

    Options(String[] arguments) {
        if (arguments.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "%d arguments: they come in pairs.%nGive them as --batch 64 --method pcgrad."
                            .formatted(arguments.length));
        }
        for (int i = 0; i < arguments.length; i += 2) {
            given.put(arguments[i], arguments[i + 1]);
        }
    }

    String word(String name, String otherwise) {
        return given.getOrDefault("--" + name, otherwise);
    }

    int whole(String name, int otherwise) {
        return Integer.parseInt(word(name, String.valueOf(otherwise)));
    }

    double number(String name, double otherwise) {
        return Double.parseDouble(word(name, String.valueOf(otherwise)));
    }
}
