package org.seqgan.api.export;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.seqgan.api.plugin.Provider;

/**
 * A format of files in which trained models travel, such as that of another library. It has no
 * section in a configuration and no options: {@code seqgan export --to} and {@code seqgan import
 * --from} choose it by name.
 */
public interface ModelFormatProvider extends Provider<ModelFormatProvider.NoOptions> {
  /** A format is chosen on the command line, which has options of its own. */
  record NoOptions() {}

  /**
   * The ending, without a dot, of files that are always of this format: a target {@code
   * NAME.ending} need not be told its format. Empty for a format that writes a folder, or whose
   * ending others have too.
   */
  default Optional<String> ending() {
    return Optional.empty();
  }

  /**
   * Writes models. What is there already under the names that it writes is replaced; nothing
   * half-written is left under them.
   *
   * @param target a file, or a folder of files, which need not be there
   * @return what was written, in order
   * @throws org.seqgan.api.UserException of kind {@code CONFIGURATION} where a model is one that
   *     this format cannot hold, naming it and those that it can; of kind {@code ENVIRONMENT} where
   *     the target cannot be written
   */
  List<Path> write(TrainedParts parts, Path target);

  /**
   * Reads models. The file may come from a stranger: nothing in it is executed.
   *
   * @param source what {@link #write} made, perhaps changed by another program since
   * @throws org.seqgan.api.UserException of kind {@code DATA} where it is not of this format or
   *     holds no model that is known here: what was expected, what was found, and what to do
   */
  TrainedParts read(Path source);
}
