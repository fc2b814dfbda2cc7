/**
 * The report of a matrix: {@link org.seqgan.core.report.matrix.MatrixReport} is the page, whose
 * table {@link org.seqgan.core.report.matrix.MatrixTable} writes as text and {@link
 * org.seqgan.core.report.matrix.MatrixSummary} holds for programs.
 */
@NullMarked
package org.seqgan.core.report.matrix;

import org.jspecify.annotations.NullMarked;
