package org.mtl4j.fitted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BleuTest {

    @Test
    void equal_texts_have_100_and_it_prints_its_numbers() {
        Bleu bleu = Bleu.of(List.of("the cat sat on the mat"), List.of(List.of("the cat sat on the mat")));
        assertThat(bleu).hasToString("BLEU 100.0 (100.0/100.0/100.0/100.0, brevity penalty 1.000)");
    }

    @Test
    void texts_without_a_word_in_common_and_empty_ones_have_0() {
        assertThat(Bleu.of(List.of("a b c d"), List.of(List.of("e f g h"))).score())
                .isZero();
        Bleu empty = Bleu.of(List.of(""), List.of(List.of("e f g h")));
        assertThat(empty.score()).isZero();
        assertThat(empty.penalty()).isZero();
    }

    @Test
    void a_hypothesis_without_a_reference_is_an_error() {
        assertThatThrownBy(() -> Bleu.of(List.of("a", "b"), List.of(List.of("a"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 hypotheses for the references of 1: each needs at least one.\n"
                        + "Give a list of references for each hypothesis.");
    }
}
