/**
 * What training tells the world: progress bars, logs, checkpoints and reports are listeners, and
 * the algorithm knows none of them.
 */
@NullMarked
package org.seqgan.core.event;

import org.jspecify.annotations.NullMarked;
