package org.seqgan.tasks;

import java.nio.file.Path;
import java.util.List;

/** The names of files that people keep parameters of models in. */
public final class ParameterFiles {
  private static final List<String> ENDINGS =
      List.of(".pkl", ".pickle", ".safetensors", ".npy", ".npz", ".pt");

  private ParameterFiles() {}

  /** Whether a file has such a name, whatever is in it. */
  public static boolean isNamedSo(Path file) {
    String name = LetterCase.LOWER.apply(file.toString());
    return ENDINGS.stream().anyMatch(name::endsWith);
  }
}
