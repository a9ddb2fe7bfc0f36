/**
 * What a notebook kernel shows of mtl4j: values and training events enter; MIME bundles, a live view and magics leave.
 *
 * <p>The same jar serves JJava, which finds {@link org.mtl4j.jupyter.MtlExtension} by itself, and IJava 1.3, where a cell
 * calls {@link org.mtl4j.jupyter.IJava#install()}. Everything that is no adapter knows neither kernel.
 */
@NullMarked
package org.mtl4j.jupyter;

import org.jspecify.annotations.NullMarked;
