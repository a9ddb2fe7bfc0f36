/** Our arrays enter and ND4J's leave, and the other way round. */
@NullMarked
package org.mtl4j.nd4j;

import org.jspecify.annotations.NullMarked;
