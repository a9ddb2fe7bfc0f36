package org.mtl4j.fitted;

import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import java.util.Map;
import org.tribuo.provenance.DatasetProvenance;
import org.tribuo.provenance.TrainerProvenance;

/**
 * Engine API. What a Tribuo trainer was asked to train.
 *
 * @param data the data set
 * @param trainer the trainer as it was then
 * @param run what the caller told of this training
 */
public record Trained(DatasetProvenance data, TrainerProvenance trainer, Map<String, Provenance> run) {

    public Trained {
        run = Map.copyOf(run);
    }
}
