package org.seqgan.core.metric;

import org.seqgan.api.metric.ScoreRange;

/**
 * Where a score comes from.
 *
 * @param score its name
 * @param plugin the metric that gives it, as a message names it
 * @param range the values that it can have
 */
public record ScoreSource(String score, String plugin, ScoreRange range) {}
