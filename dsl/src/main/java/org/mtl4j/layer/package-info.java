/** Widths and activations enter as frozen values; nodes with parameters on a tape leave. */
@NullMarked
package org.mtl4j.layer;

import org.jspecify.annotations.NullMarked;
