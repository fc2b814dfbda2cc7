package org.seqgan.core.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.seqgan.api.data.NamedArrays;

/** How the parameters of a model become a file. */
public interface ArrayFormat {
  /** The ending of file names, with its dot. */
  String extension();

  /**
   * Writes a new file.
   *
   * @param metadata what a reader of the file alone should know
   */
  void write(Path file, NamedArrays arrays, Map<String, String> metadata) throws IOException;

  /** Reads a file that {@link #write} wrote. */
  NamedArrays read(Path file) throws IOException;
}
