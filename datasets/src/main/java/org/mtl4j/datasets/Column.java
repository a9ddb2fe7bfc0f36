package org.mtl4j.datasets;

import org.mtl4j.data.Target;
import org.tribuo.Output;

/** A target column of a data set: what a task of the same name will predict. */
record Column<T extends Output<T>>(String name, Class<T> outputType) implements Target<T> {}
