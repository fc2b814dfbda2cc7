/**
 * The task "oracle": sequences of a randomly initialised LSTM, whose true distribution is known (Yu
 * et al. 2017, section "Synthetic Data Experiments").
 *
 * <p>{@link org.seqgan.tasks.oracle.OracleTaskProvider} opens it. The rest reads the parameters of
 * a published oracle: the authors gave theirs as a Python pickle, which {@link
 * org.seqgan.tasks.oracle.RestrictedUnpickler} reads without running anything.
 */
@NullMarked
package org.seqgan.tasks.oracle;

import org.jspecify.annotations.NullMarked;
