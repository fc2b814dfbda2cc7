package org.seqgan.tasks.oracle;

/**
 * The sizes of an oracle.
 *
 * @param vocabulary V, its tokens
 * @param embedding E, the width of an embedded token
 * @param hidden H, the width of the LSTM's state
 */
record OracleSizes(int vocabulary, int embedding, int hidden) {}
