/** An encoder blueprint and tasks enter; a graph of shared and task-owned parameters leaves. */
@NullMarked
package org.mtl4j.sharing;

import org.jspecify.annotations.NullMarked;
