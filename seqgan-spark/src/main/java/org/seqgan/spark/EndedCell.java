package org.seqgan.spark;

import java.io.Serializable;

/**
 * A cell that has ended on an executor.
 *
 * @param id its id
 * @param copy what it came to, in the {@link MatrixStore}
 * @param state {@code done} or {@code failed}
 */
record EndedCell(String id, String copy, String state) implements Serializable {}
