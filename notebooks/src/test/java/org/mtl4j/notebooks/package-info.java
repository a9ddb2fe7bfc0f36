/** What a notebook user sees, seen through a real browser: a JupyterLab, its kernel and a notebook enter. */
@NullMarked
package org.mtl4j.notebooks;

import org.jspecify.annotations.NullMarked;
