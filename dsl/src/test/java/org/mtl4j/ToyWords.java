package org.mtl4j;

import static org.mtl4j.Mtl.decoder;
import static org.mtl4j.Mtl.task;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.mtl4j.data.Inputs;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.SequenceTargets;
import org.mtl4j.task.Task;
import org.tribuo.classification.Label;

/** Small data of sequences: words to be written backwards, and their first letters. */
final class ToyWords {

    static final Task<Label> BACKWARDS = task("backwards").sequence(decoder(2, 1));
    static final Task<Label> FIRST = task("first").classes();

    private ToyWords() {}

    /** Rows of words of 2 to 4 letters; one in ten has no word written backwards. */
    static MultiTaskData rows(int rows, long seed) {
        Random random = new Random(seed);
        List<List<String>> texts = new ArrayList<>();
        List<@Nullable List<String>> targets = new ArrayList<>();
        String[] first = new String[rows];
        for (int r = 0; r < rows; r++) {
            List<String> text = new ArrayList<>();
            int length = 2 + random.nextInt(3);
            for (int p = 0; p < length; p++) {
                text.add(String.valueOf((char) ('a' + random.nextInt(5))));
            }
            texts.add(text);
            List<String> backwards = new ArrayList<>(text);
            Collections.reverse(backwards);
            targets.add(random.nextInt(10) == 0 ? null : backwards);
            first[r] = text.get(0);
        }
        return MultiTaskData.of("letters", Inputs.tokens(texts))
                .with(SequenceTargets.words(BACKWARDS, targets))
                .target(FIRST, first);
    }
}
