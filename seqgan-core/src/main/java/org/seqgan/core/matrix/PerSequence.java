package org.seqgan.core.matrix;

/**
 * A metric of each of the sequences that a finished generator wrote.
 *
 * @param metric its name, such as {@code nll-oracle}
 * @param values one for each sequence; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity, not by value
public record PerSequence(String metric, float[] values) {}
