package org.mtl4j.golden;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * One file of golden values.
 *
 * @param path below the root, with slashes
 * @param json its content
 */
public record GoldenFile(String path, JsonNode json) {

    /** The file's schema. */
    public String schema() {
        return json.path("schema").asString("");
    }

    /** What the file is about: its {@code name}, or its {@code method}. */
    public String name() {
        return json.path("name").asString(json.path("method").asString(""));
    }

    /** Its cases; none for a trajectory. */
    public List<JsonNode> cases() {
        return json.path("cases").valueStream().toList();
    }
}
