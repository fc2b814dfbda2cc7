/**
 * The metric: numbers that say how good, and how varied, a generator's sequences are.
 *
 * <p>To write one, implement {@link org.seqgan.api.metric.Metric} (a function of a {@link
 * org.seqgan.api.metric.MetricInput}) and a {@link org.seqgan.api.metric.MetricProvider}. Each
 * number is a {@link org.seqgan.api.metric.Score}, which carries what has to be equal in two scores
 * before one may be called better than the other ({@link org.seqgan.api.metric.ScoreIdentity}).
 * Extend {@code MetricContract} of {@code seqgan-testkit}.
 */
@NullMarked
package org.seqgan.api.metric;

import org.jspecify.annotations.NullMarked;
