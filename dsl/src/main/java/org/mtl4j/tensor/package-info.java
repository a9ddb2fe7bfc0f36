/** The ground floor: float arrays with a shape enter a tape of fused kernels; values, gradients and Grams leave. */
@NullMarked
package org.mtl4j.tensor;

import org.jspecify.annotations.NullMarked;
