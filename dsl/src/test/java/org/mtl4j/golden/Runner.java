package org.mtl4j.golden;

import tools.jackson.databind.JsonNode;

/** Checks one family of golden files. It knows a file by its schema and content, never by its path. */
public interface Runner {

    /** Whether it runs this file. */
    boolean knows(GoldenFile file);

    /** Whether it runs this case of a file that it knows. */
    default boolean knowsCase(JsonNode each) {
        return true;
    }

    /** Fails unless ours agrees. @param each one case, or the whole file where it has none. */
    void check(JsonNode each);
}
