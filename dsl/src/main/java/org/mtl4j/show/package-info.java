/** What a value shows of itself: cells and numbers enter; aligned text, HTML and pictures with alt text leave. */
@NullMarked
package org.mtl4j.show;

import org.jspecify.annotations.NullMarked;
