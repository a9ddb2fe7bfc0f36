/** Task losses and the Gram of the task gradients enter; one weight per task leaves. */
@NullMarked
package org.mtl4j.balance;

import org.jspecify.annotations.NullMarked;
