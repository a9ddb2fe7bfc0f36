/** A trained graph enters; predictions, Tribuo models and scores leave. */
@NullMarked
package org.mtl4j.fitted;

import org.jspecify.annotations.NullMarked;
