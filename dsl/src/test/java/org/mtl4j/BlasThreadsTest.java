package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.task;

import org.junit.jupiter.api.Test;
import org.mtl4j.data.Split;
import org.mtl4j.tensor.Blas;
import org.nd4j.linalg.factory.Nd4j;

class BlasThreadsTest {

    @Test
    void a_training_takes_one_thread_a_call_whatever_nd4j_has_set() {
        Blas.holdToOneThread(); // and ours has begun before ND4J says otherwise
        Nd4j.factory().blas().setMaxThreads(2);
        assertThat(Blas.threads()).isEqualTo(2);

        Split split = Toys.rows(200, 1, 3).split(0.7, 0.15, 0.15).seed(7);
        hard(mlp(4))
                .tasks(task("casual").regression(), task("registered").regression())
                .epochs(1)
                .fit(split);

        assertThat(Blas.threads()).isOne();
    }
}
