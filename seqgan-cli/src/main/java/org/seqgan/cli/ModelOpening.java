package org.seqgan.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.seqgan.core.portable.ModelFile;
import org.seqgan.core.portable.OpenModel;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.run.CheckpointChoice;

/**
 * Opens what a command line names, a run directory or the file of a model, and tells its warnings.
 *
 * @param err what hears of warnings
 */
record ModelOpening(PluginRegistry registry, PrintWriter err) {
  /** Opens it; the data of a file's task are not there. */
  OpenModel open(Path place, CheckpointArguments checkpoint) {
    if (checkpoint.isGiven()) {
      requireRun(place, checkpoint.choice().words());
    }
    return open(place, checkpoint.choice());
  }

  /** The same with a choice that was made in another way. */
  OpenModel open(Path place, CheckpointChoice choice) {
    return told(OpenModel.open(place, choice, registry));
  }

  /**
   * Opens the file of a model with the data of its task.
   *
   * @param overrides {@code task.key=value} each
   */
  OpenModel openWithData(Path file, List<String> overrides) {
    if (!ModelFile.isMeant(file)) {
      throw Misuse.of(
          "expected the file of a model to take data for, found the run %s, which has its own"
              .formatted(file));
    }
    for (String override : overrides) {
      if (!override.startsWith("task.")) {
        throw Misuse.of(
            "expected options of the model's data, such as task.data=FILE, found '%s'"
                .formatted(override));
      }
    }
    return told(OpenModel.ofFileWithData(file, overrides, registry));
  }

  /** Refuses to choose a checkpoint of a file. */
  static void requireRun(Path place, String option) {
    if (ModelFile.isMeant(place)) {
      throw Misuse.of(
          "%s is for runs; %s is the file of a model, which has one checkpoint"
              .formatted(option, place));
    }
  }

  private OpenModel told(OpenModel model) {
    model.warnings().forEach(warning -> err.println("seqgan: " + warning));
    return model;
  }
}
