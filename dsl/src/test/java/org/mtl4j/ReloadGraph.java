package org.mtl4j;

import java.io.File;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What {@link SameDiffRunTest} runs in a fresh JVM that knows nothing of the net: reads graphs and writes what they put out. */
final class ReloadGraph {

    private ReloadGraph() {}

    /** Arguments: a file of the features, then graphs; beside graph g, g.task.npy is written for each of its outputs. */
    public static void main(String[] files) throws Exception {
        INDArray x = Nd4j.createFromNpyFile(new File(files[0]));
        for (String file : Arrays.asList(files).subList(1, files.length)) {
            SameDiff graph = SameDiff.load(new File(file), true);
            for (String task : SameDiffRunTest.TASKS) {
                INDArray output = graph.outputSingle(Map.of("features", x), task);
                Nd4j.writeAsNumpy(output, new File(file + "." + task + ".npy"));
            }
        }
    }
}
