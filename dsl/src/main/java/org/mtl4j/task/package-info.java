/** A name, a kind and a loss enter; a head's width, losses and their signals leave. */
@NullMarked
package org.mtl4j.task;

import org.jspecify.annotations.NullMarked;
