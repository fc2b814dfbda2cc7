/**
 * Reports: pages of HTML that need nothing else, for a screen of any size and for paper. Here is
 * what every {@linkplain org.seqgan.core.report.Page page} has; {@link
 * org.seqgan.core.report.chart} draws, {@link org.seqgan.core.report.run} is the report of a run,
 * {@link org.seqgan.core.report.matrix} that of a matrix.
 */
@NullMarked
package org.seqgan.core.report;

import org.jspecify.annotations.NullMarked;
