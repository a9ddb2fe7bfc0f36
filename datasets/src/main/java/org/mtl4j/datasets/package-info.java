/** Packages of the public registries and generators enter; splits with their source, licence and checksum leave. */
@NullMarked
package org.mtl4j.datasets;

import org.jspecify.annotations.NullMarked;
