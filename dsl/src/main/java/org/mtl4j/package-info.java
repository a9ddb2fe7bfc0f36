/** The DSL: what a notebook user types enters here; runs, tables and charts leave it. Nothing below imports it. */
@NullMarked
package org.mtl4j;

import org.jspecify.annotations.NullMarked;
