package org.mtl4j.jupyter;

/** The notebook cell that runs, as a place for output. Two are equal if they are the same execution of the same cell. */
interface Cell {

    /** Appends an output that {@link #update} can replace by this id. */
    void show(String id, Bundle bundle);

    /** Replaces the output with this id; also after the cell has ended, as it has when a training was interrupted. */
    void update(String id, Bundle bundle);
}
