/** Rows enter (files, arrays, Tribuo data sets); named inputs with a target and a label mask per task leave, split and in batches. */
@NullMarked
package org.mtl4j.data;

import org.jspecify.annotations.NullMarked;
