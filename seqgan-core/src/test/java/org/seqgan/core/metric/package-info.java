/** Tests of metrics. */
@NullMarked
package org.seqgan.core.metric;

import org.jspecify.annotations.NullMarked;
