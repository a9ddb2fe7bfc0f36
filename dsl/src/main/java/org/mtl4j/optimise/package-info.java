/** Gradients and a rate enter; updated parameters leave. */
@NullMarked
package org.mtl4j.optimise;

import org.jspecify.annotations.NullMarked;
