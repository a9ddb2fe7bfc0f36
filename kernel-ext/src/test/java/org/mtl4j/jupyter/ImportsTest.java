package org.mtl4j.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ImportsTest {

    /** Finds these resources and no others. */
    private static final class Holding extends ClassLoader {
        private final Set<String> resources;

        Holding(String... resources) {
            this.resources = Set.of(resources);
        }

        @Override
        public @Nullable URL getResource(String name) {
            try {
                return resources.contains(name) ? URI.create("file:/" + name).toURL() : null;
            } catch (MalformedURLException e) {
                throw new IllegalArgumentException(name, e);
            }
        }
    }

    @Test
    void everything_on_the_class_path_is_imported() {
        assertThat(Imports.lines(new Holding("org/mtl4j/Mtl.class", "org/mtl4j/datasets/Datasets.class")))
                .isEqualTo("""
                        import static org.mtl4j.Mtl.*;
                        import org.mtl4j.*;
                        import org.mtl4j.data.GraphRow;
                        import org.mtl4j.data.Inputs;
                        import org.mtl4j.data.MultiTaskData;
                        import org.mtl4j.data.PairTargets;
                        import org.mtl4j.data.PlaceTargets;
                        import org.mtl4j.data.SequenceTargets;
                        import org.mtl4j.data.Split;
                        import org.mtl4j.datasets.Datasets;""");
    }

    @Test
    void the_data_sets_may_be_left_out() {
        assertThat(Imports.lines(new Holding("org/mtl4j/Mtl.class"))).isEqualTo("""
                        import static org.mtl4j.Mtl.*;
                        import org.mtl4j.*;
                        import org.mtl4j.data.GraphRow;
                        import org.mtl4j.data.Inputs;
                        import org.mtl4j.data.MultiTaskData;
                        import org.mtl4j.data.PairTargets;
                        import org.mtl4j.data.PlaceTargets;
                        import org.mtl4j.data.SequenceTargets;
                        import org.mtl4j.data.Split;""");
    }

    @Test
    void nothing_there_means_no_line() {
        assertThat(Imports.lines(new Holding())).isEmpty();
    }
}
