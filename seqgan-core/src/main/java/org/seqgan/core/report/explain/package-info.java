/** Writes the page of what a reward and a discriminator did. */
@NullMarked
package org.seqgan.core.report.explain;

import org.jspecify.annotations.NullMarked;
