/** Histories and scores enter; conflict, transfer and intervals leave. */
@NullMarked
package org.mtl4j.measure;

import org.jspecify.annotations.NullMarked;
