/** A recipe and the axes that it varies along enter; the trials, run side by side, and what they say leave. */
@NullMarked
package org.mtl4j.study;

import org.jspecify.annotations.NullMarked;
