/**
 * Experiment matrices: methods, options and seeds become {@linkplain org.seqgan.core.matrix.Cell
 * cells}, a {@linkplain org.seqgan.core.matrix.Runner runner} trains each of them, and what they
 * found is gathered as {@linkplain org.seqgan.core.matrix.MatrixResults results}.
 *
 * <p>A cell is described completely by its record; its result is a run directory and a {@linkplain
 * org.seqgan.core.matrix.CellSummary summary}. So a runner may be anything that can call {@link
 * org.seqgan.core.matrix.CellRun} somewhere.
 */
@NullMarked
package org.seqgan.core.matrix;

import org.jspecify.annotations.NullMarked;
