package org.seqgan.api.task;

import java.nio.file.Path;
import org.seqgan.api.data.NamedArrays;

/** The formats of files that the program reads for a task. */
@FunctionalInterface
public interface FileFormats {
  /**
   * Reads a safetensors file of float32 arrays.
   *
   * @throws org.seqgan.api.UserException if it is missing or malformed, naming the file and what is
   *     wrong
   */
  NamedArrays readSafetensors(Path file);
}
