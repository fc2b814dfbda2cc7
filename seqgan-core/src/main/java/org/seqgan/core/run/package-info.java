/**
 * The run directory: everything that a training run leaves behind, and everything needed to resume,
 * replay or compare it. {@link org.seqgan.core.run.RunLayout} says where things lie, {@link
 * org.seqgan.core.run.RunDirectory} is the one writer of a run, {@link
 * org.seqgan.core.run.RunContents} reads a run that may still be going on.
 *
 * <p>A file that is replaced is replaced atomically, and a file that grows is cut back to its last
 * complete line, so that a process may be killed at any moment.
 */
@NullMarked
package org.seqgan.core.run;

import org.jspecify.annotations.NullMarked;
