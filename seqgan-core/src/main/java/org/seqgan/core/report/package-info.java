/**
 * Reports: pages of HTML that need nothing else, for a screen of any size and for paper. {@link
 * org.seqgan.core.report.RunReport} is the page of a run, {@link
 * org.seqgan.core.report.MatrixReport} that of a matrix, whose table {@link
 * org.seqgan.core.report.MatrixTable} writes as text and {@link
 * org.seqgan.core.report.MatrixSummary} holds for programs.
 */
@NullMarked
package org.seqgan.core.report;

import org.jspecify.annotations.NullMarked;
