/**
 * What may be said of a difference between runs: estimates over seeds, Welch's t-test, Holm's
 * correction for many comparisons, and how many seeds would settle what is open. Knows nothing of
 * runs; works on plain samples. {@link org.seqgan.core.statistics.Outcome} is what a comparison
 * ends in.
 */
@NullMarked
package org.seqgan.core.statistics;

import org.jspecify.annotations.NullMarked;
