package org.seqgan.core.run;

import java.io.IOException;
import java.nio.file.Files;

/**
 * What a run has to show, read from its directory. The run may go on meanwhile.
 *
 * @param name the name of the run
 * @param status how it stands
 * @param configText its resolved configuration
 * @param history its figures
 * @param samples what it wrote
 */
public record RunContents(
    String name,
    RunStatus status,
    String configText,
    MetricsHistory history,
    SampleFolder samples) {

  /**
   * Reads a run.
   *
   * @throws org.seqgan.api.UserException where a file of it is missing or malformed
   */
  public static RunContents read(RunLayout layout) {
    return new RunContents(
        layout.name(),
        RunStatus.read(layout.status()),
        config(layout),
        MetricsHistory.read(layout.metrics()),
        new SampleFolder(layout.samples()));
  }

  private static String config(RunLayout layout) {
    try {
      return Files.readString(layout.config());
    } catch (IOException e) {
      throw DurableFiles.cannotReadRun(layout.config(), e);
    }
  }
}
