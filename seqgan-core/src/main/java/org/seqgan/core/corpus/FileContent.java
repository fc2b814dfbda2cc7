package org.seqgan.core.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/**
 * The contents of a file at its source, to be read once.
 *
 * @param offset of the first byte that the stream gives: the one asked for, or 0 where the source
 *     gives whole files only
 * @param size of the whole file, where the source tells
 * @param body the bytes from there on; fails where they stop before the end
 */
record FileContent(long offset, OptionalLong size, InputStream body) implements AutoCloseable {
  @Override
  public void close() throws IOException {
    body.close();
  }
}
