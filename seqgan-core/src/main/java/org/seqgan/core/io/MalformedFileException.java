package org.seqgan.core.io;

import java.io.IOException;

/** What is wrong with the contents of a file, in words that follow "the file is malformed:". */
final class MalformedFileException extends IOException {
  private static final long serialVersionUID = 1L;

  MalformedFileException(String reason) {
    super(reason);
  }
}
