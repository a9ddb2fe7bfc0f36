package io.github.spencerpark.ijava;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import org.jspecify.annotations.Nullable;

/** Stands for IJava 1.3's class of this name, which is not on Maven Central: the same method, another kernel. */
public final class IJava {

    /** What the next call answers. */
    public static @Nullable BaseKernel kernel;

    private IJava() {}

    /** The running kernel. */
    public static @Nullable BaseKernel getKernelInstance() {
        return kernel;
    }
}
