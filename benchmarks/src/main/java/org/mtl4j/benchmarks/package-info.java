/** A workload and a method enter; microseconds a step, bytes a step and GFLOP/s leave. */
@NullMarked
package org.mtl4j.benchmarks;

import org.jspecify.annotations.NullMarked;
