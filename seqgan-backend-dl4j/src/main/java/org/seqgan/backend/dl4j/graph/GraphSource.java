package org.seqgan.backend.dl4j.graph;

import java.nio.file.Path;
import org.seqgan.api.UserException;

/**
 * Where a graph comes from, for messages.
 *
 * @param section of the configuration that names the file
 * @param file the file
 */
record GraphSource(String section, Path file) {
  /** Something about the file that its user can mend. */
  UserException error(String problem) {
    return new UserException(UserException.Kind.DATA, this + ": " + problem);
  }

  UserException error(String problem, Throwable cause) {
    return new UserException(UserException.Kind.DATA, this + ": " + problem, cause);
  }

  @Override
  public String toString() {
    return section + ".file = " + file;
  }
}
