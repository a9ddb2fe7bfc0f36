package org.mtl4j.tensor;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/**
 * Engine API. Matrix products of row-major {@code float[]} in place: the one seam to a native BLAS. The library takes each
 * call on the calling thread; large products are divided over the {@link Crew} of a training.
 *
 * <p>The library is, in this order: the file named by {@code -Dmtl4j.blas=FILE}; oneMKL, where the jar
 * {@code org.bytedeco:mkl} with its redistributable is on the class path; else the OpenBLAS that ND4J loads too. The
 * arrays are pinned, never copied. There is no silent fallback: a library that does not load is an error.
 *
 * <p>Same inputs give the same bits on one type of CPU; OpenBLAS picks its kernels by the CPU.
 */
public final class Blas {

    private static final String OPENBLAS = "org/bytedeco/openblas/%s/";
    private static final String MKL = "org/bytedeco/mkl/%s/";
    private static final List<String> MKL_PARTS = List.of(
            "libmkl_core.so.3",
            "libmkl_intel_lp64.so.3",
            "libmkl_intel_thread.so.3",
            "libmkl_def.so.3",
            "libmkl_avx2.so.3",
            "libmkl_avx512.so.3",
            "libiomp5.so");

    private static final String DESCRIPTION;
    private static final BLAS NATIVE;

    /** Where the number of its threads is set; null of a library that we do not know. */
    private static final @Nullable Threads LIBRARY;

    // a strong reference: java.util.logging drops loggers, and their levels, that nobody holds
    private static final Logger NETLIB = Logger.getLogger("dev.ludovic.netlib");

    static {
        NETLIB.setLevel(Level.WARNING);
        String named = System.getProperty("mtl4j.blas");
        File file;
        if (named != null) {
            file = new File(named);
            DESCRIPTION = "BLAS " + file.getName();
        } else if (resource(MKL, "libmkl_rt.so.3") != null) {
            MKL_PARTS.forEach(part -> unpack(MKL, part));
            file = unpack(MKL, "libmkl_rt.so.3");
            DESCRIPTION = "oneMKL, 1 thread";
        } else {
            file = openBlas();
            DESCRIPTION = "OpenBLAS, 1 thread";
        }
        System.setProperty("dev.ludovic.netlib.blas.nativeLibPath", file.getAbsolutePath());
        NATIVE = NativeBLAS.getInstance();
        LIBRARY = library(file);
        holdToOneThread();
    }

    private Blas() {}

    private static File openBlas() {
        return switch (Loader.getPlatform().substring(0, 3)) {
            case "lin" -> {
                unpack(OPENBLAS, "libgcc_s.so.1");
                unpack(OPENBLAS, "libquadmath.so.0");
                unpack(OPENBLAS, "libgfortran.so.5");
                yield unpack(OPENBLAS, "libopenblas.so.0");
            }
            case "mac" -> unpack(OPENBLAS, "libopenblas.0.dylib");
            default -> unpack(OPENBLAS, "libopenblas.dll");
        };
    }

    private static @Nullable URL resource(String folder, String file) {
        return Blas.class.getClassLoader().getResource(folder.formatted(Loader.getPlatform()) + file);
    }

    /** Puts one library of a jar into JavaCPP's cache, where ND4J loads it from too, and answers the file. */
    private static File unpack(String folder, String file) {
        URL found = resource(folder, file);
        if (found == null) {
            throw new IllegalStateException(
                    "No BLAS: %s is not on the class path.%nAdd org.bytedeco:openblas with the classifier %s."
                            .formatted(folder.formatted(Loader.getPlatform()) + file, Loader.getPlatform()));
        }
        try {
            return Loader.cacheResource(found);
        } catch (IOException e) {
            throw new UncheckedIOException("No BLAS: %s could not be unpacked.".formatted(found), e);
        }
    }

    private record Threads(Function set, Function get) {}

    private static @Nullable Threads library(File file) {
        String name = file.getName();
        if (!name.contains("mkl") && !name.contains("openblas")) {
            return null;
        }
        NativeLibrary library = NativeLibrary.getInstance(file.getAbsolutePath());
        return name.contains("mkl")
                ? new Threads(library.getFunction("MKL_Set_Num_Threads"), library.getFunction("MKL_Get_Max_Threads"))
                : new Threads(
                        library.getFunction("openblas_set_num_threads"),
                        library.getFunction("openblas_get_num_threads"));
    }

    /**
     * Engine API. Holds the library to one thread a call again. ND4J, which loads the same library, sets a number of its own when it
     * begins; so each training asks for this at its start.
     */
    public static void holdToOneThread() {
        if (LIBRARY != null && threads() != 1) {
            LIBRARY.set.invoke(Void.class, new Object[] {1});
        }
    }

    /** Engine API. The threads that the library takes for a call; 1 of one that we do not know. */
    public static int threads() {
        return LIBRARY == null ? 1 : (Integer) LIBRARY.get.invoke(Integer.class, new Object[0]);
    }

    /** The BLAS in use, in words: {@code OpenBLAS, 1 thread}. */
    public static String describe() {
        return DESCRIPTION;
    }

    /** C = A B + beta C. @param a [m, k] from aOff, row stride lda. @param b [k, n]. @param c [m, n], modified. */
    public static void nn(
            int m,
            int n,
            int k,
            float[] a,
            int aOff,
            int lda,
            float[] b,
            int bOff,
            int ldb,
            float beta,
            float[] c,
            int cOff,
            int ldc) {
        product(Product.Form.NN, m, n, k, a, aOff, lda, b, bOff, ldb, beta, c, cOff, ldc);
    }

    /** C = A B^T + beta C. @param a [m, k]. @param b [n, k]. @param c [m, n], modified. */
    public static void nt(
            int m,
            int n,
            int k,
            float[] a,
            int aOff,
            int lda,
            float[] b,
            int bOff,
            int ldb,
            float beta,
            float[] c,
            int cOff,
            int ldc) {
        product(Product.Form.NT, m, n, k, a, aOff, lda, b, bOff, ldb, beta, c, cOff, ldc);
    }

    /** C = A^T B + beta C. @param a [k, m]. @param b [k, n]. @param c [m, n], modified. */
    public static void tn(
            int m,
            int n,
            int k,
            float[] a,
            int aOff,
            int lda,
            float[] b,
            int bOff,
            int ldb,
            float beta,
            float[] c,
            int cOff,
            int ldc) {
        product(Product.Form.TN, m, n, k, a, aOff, lda, b, bOff, ldb, beta, c, cOff, ldc);
    }

    /** On the crew of this thread where it has one and the product is large. */
    private static void product(
            Product.Form form,
            int m,
            int n,
            int k,
            float[] a,
            int aOff,
            int lda,
            float[] b,
            int bOff,
            int ldb,
            float beta,
            float[] c,
            int cOff,
            int ldc) {
        Crew crew = (long) m * n * k <= 2 * Product.SMALL ? null : Crew.mine();
        int pieces = crew == null ? 1 : Product.pieces(m, n, k, crew.threads());
        if (crew == null || pieces == 1 || !Product.keepsBits()) {
            whole(form, m, n, k, a, aOff, lda, b, bOff, ldb, beta, c, cOff, ldc);
        } else {
            crew.run(crew.product().of(form, m, n, k, a, aOff, lda, b, bOff, ldb, beta, c, cOff, ldc), pieces);
        }
    }

    /** The same on this thread alone, by one call. */
    static void whole(
            Product.Form form,
            int m,
            int n,
            int k,
            float[] a,
            int aOff,
            int lda,
            float[] b,
            int bOff,
            int ldb,
            float beta,
            float[] c,
            int cOff,
            int ldc) {
        NATIVE.sgemm(form.second, form.first, n, m, k, 1f, b, bOff, ldb, a, aOff, lda, beta, c, cOff, ldc);
    }

    /** sum = the sum of the rows of x, each by its factor. @param x [rows, width] from xOff. @param factors [rows]. @param sum [width]. */
    public static void sumRows(int rows, int width, float[] x, int xOff, float[] factors, float[] sum, int sumOff) {
        NATIVE.sgemv("N", width, rows, 1f, x, xOff, width, factors, 0, 1, 0f, sum, sumOff, 1);
    }

    /** sum += the sum over each row of x. @param x [rows, width] from xOff. @param ones [width] of 1. @param sum [rows]. */
    static void addRows(int rows, int width, float[] x, int xOff, float[] ones, float[] sum, int sumOff) {
        NATIVE.sgemv("T", width, rows, 1f, x, xOff, width, ones, 0, 1, 1f, sum, sumOff, 1);
    }

    /** &lt;a, b&gt; over n numbers. */
    public static float dot(int n, float[] a, int aOff, float[] b, int bOff) {
        return NATIVE.sdot(n, a, aOff, 1, b, bOff, 1);
    }
}
