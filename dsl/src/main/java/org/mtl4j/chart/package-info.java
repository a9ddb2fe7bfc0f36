/** Results enter; XChart pictures with SVG, PNG and alt text leave. The only home of XChart's types. */
@NullMarked
package org.mtl4j.chart;

import org.jspecify.annotations.NullMarked;
