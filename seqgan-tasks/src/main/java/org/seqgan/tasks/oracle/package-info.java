/**
 * The task "oracle": sequences of a randomly initialised LSTM, whose true distribution is known (Yu
 * et al. 2017, section "Synthetic Data Experiments").
 *
 * <p>{@link org.seqgan.tasks.oracle.OracleTaskProvider} opens it. The authors published the
 * parameters of theirs as a pickle of Python, which {@link org.seqgan.tasks.oracle.pickle} reads.
 */
@NullMarked
package org.seqgan.tasks.oracle;

import org.jspecify.annotations.NullMarked;
