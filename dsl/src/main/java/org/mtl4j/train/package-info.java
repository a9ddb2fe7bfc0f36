/** A graph, a balancer, an optimiser and a split enter; a trained graph and the history of its training leave. */
@NullMarked
package org.mtl4j.train;

import org.jspecify.annotations.NullMarked;
