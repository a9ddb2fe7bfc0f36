/** Plain data enter; bytes with a name, a version and a checksum leave, and become the same data again. */
@NullMarked
package org.mtl4j.bytes;

import org.jspecify.annotations.NullMarked;
