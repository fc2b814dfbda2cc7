package org.seqgan.core.setup;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.seqgan.api.UserException;
import org.seqgan.api.task.FileContents;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.core.config.TaskOptions;
import org.seqgan.core.io.Safetensors;
import org.seqgan.core.registry.PluginRegistry;

/**
 * What the reader of one task makes of a file.
 *
 * @param task its name
 * @param contents what it read, and what it left out
 */
public record TaskReading(String task, FileContents contents) {

  /**
   * Reads a file as the task reads it that is for such data.
   *
   * @param file a file or folder
   * @param task the task that reads it; empty for the one that is for such data
   * @param options of the task
   * @throws UserException if the file cannot be read, if no task is for it or several are, or if an
   *     option is not one of the task's
   */
  public static TaskReading of(
      PluginRegistry registry, Path file, Optional<String> task, TaskOptions options) {
    TaskChoice<Supplier<FileContents>> choice =
        TaskChoice.of(registry, file, task, provider -> reader(provider, file, options));
    FileContents contents = TaskChoice.guarded(registry.task(choice.task()), file, choice.answer());
    return new TaskReading(choice.task(), contents);
  }

  /** Options are bound, and the file is read, when it is clear which task reads it. */
  private static <O extends Record> Optional<Supplier<FileContents>> reader(
      TaskProvider<O> provider, Path file, TaskOptions options) {
    return provider
        .reader(Safetensors::read, file)
        .map(reader -> () -> reader.read(options.bind(provider.about().optionsType(), file)));
  }
}
