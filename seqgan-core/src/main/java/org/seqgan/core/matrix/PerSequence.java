package org.seqgan.core.matrix;

/**
 * A metric of each generated sequence of a run by itself.
 *
 * @param metric the name of the metric
 * @param values one for each sequence; shared, not copied, and not to be changed
 */
public record PerSequence(String metric, float[] values) {}
