package org.seqgan.core.corpus;

import java.io.IOException;

/** Opens files at a source. For one thread. */
interface FileReader {
  /**
   * Opens a file.
   *
   * @param offset the first byte that is wanted
   * @throws IOException if it cannot be had now, but perhaps at another attempt
   * @throws org.seqgan.api.UserException if it cannot be had
   */
  FileContent open(long offset) throws IOException, InterruptedException;

  /** Where the file is, for a reader: a path or an address. */
  String place();
}
