/** Both kernels' adapters, and what they share, without a running notebook. */
@NullMarked
package org.mtl4j.jupyter;

import org.jspecify.annotations.NullMarked;
