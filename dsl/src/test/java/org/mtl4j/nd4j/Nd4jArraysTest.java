package org.mtl4j.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.mtl4j.fitted.Matrix;
import org.mtl4j.tensor.Gram;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class Nd4jArraysTest {

    private final Matrix matrix = Matrix.of("w", 2, 3, new float[] {1, 2, 3, 4, 5, 6});

    @Test
    void a_matrix_keeps_its_rows_there_and_back() {
        INDArray array = Nd4jArrays.of(matrix);
        assertThat(array.shape()).containsExactly(2, 3);
        assertThat(array.getFloat(1, 0)).isEqualTo(4);
        assertThat(Nd4jArrays.matrix("w", array)).isEqualTo(matrix);
        assertThat(Nd4jArrays.matrix("w", array.dup('f'))).isEqualTo(matrix);
        assertThat(Nd4jArrays.matrix("w", Nd4jArrays.of(matrix).transpose()).get(2, 1))
                .isEqualTo(6);
    }

    @Test
    void a_change_of_the_array_does_not_reach_the_matrix() {
        Nd4jArrays.of(matrix).addi(1);
        assertThat(matrix.get(0, 0)).isEqualTo(1);
    }

    @Test
    void a_gram_and_its_cosines_are_square() {
        Gram gram = Gram.of(2, new double[] {4, -3, -3, 9});
        assertThat(Nd4jArrays.of(gram).toDoubleMatrix()).isDeepEqualTo(new double[][] {{4, -3}, {-3, 9}});
        assertThat(Nd4jArrays.cosines(gram).getDouble(0, 1)).isEqualTo(-0.5);
    }

    @Test
    void a_vector_is_no_matrix() {
        assertThatThrownBy(() -> Nd4jArrays.matrix("w", Nd4j.createFromArray(1f, 2f)))
                .hasMessage(
                        "The array 'w' has shape [2], but a matrix has rows and columns.\nReshape it to [rows, columns].");
    }
}
