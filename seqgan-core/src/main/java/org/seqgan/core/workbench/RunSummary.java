package org.seqgan.core.workbench;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.seqgan.core.run.Position;
import org.seqgan.core.run.RunLayout;

/**
 * A run as one line of a list. Immutable.
 *
 * @param id tells it from all others, and stays the same: made of the real path of its directory
 * @param root the folder that was searched, as it was given
 * @param directory the run directory, below the root
 * @param state how it stands
 * @param message why it failed or cannot be read, in one line; or what else is wrong with it
 * @param progress how far it is; empty where it cannot be read
 * @param parts the names of the plugins that it is made of, by the section of the configuration:
 *     {@code task}, {@code generator}, {@code discriminator}, {@code reward}, {@code training}
 * @param seed as its configuration says
 * @param warnings how many it has
 * @param tags that somebody gave it
 * @param cell of which matrix it is a cell
 * @param report whether it has a report
 * @param bytes of all its files, when it was last read
 * @param metrics name to last value, in the order of its log; may be {@code NaN} or infinite
 */
public record RunSummary(
    String id,
    Path root,
    Path directory,
    RunState state,
    Optional<String> message,
    Optional<Progress> progress,
    Map<String, String> parts,
    Optional<String> seed,
    int warnings,
    List<String> tags,
    Optional<OfMatrix> cell,
    boolean report,
    OptionalLong bytes,
    Map<String, Double> metrics) {
  /** Copies the collections. */
  public RunSummary {
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    tags = List.copyOf(tags);
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /**
   * How far a run is.
   *
   * @param position the steps that are complete
   * @param steps that its phase has; 0 where that is not known yet
   * @param fraction of the steps of all phases, 0 to 1
   * @param started when it was created
   * @param updated when its status was last written
   */
  public record Progress(
      Position position, int steps, double fraction, Instant started, Instant updated) {}

  /**
   * A place in a matrix.
   *
   * @param matrix the id of the matrix
   * @param name the id of the cell, as in its folder's name
   */
  public record OfMatrix(String matrix, String name) {}

  /** The same in another state. */
  RunSummary as(RunState now, Optional<String> words) {
    return new RunSummary(
        id, root, directory, now, words, progress, parts, seed, warnings, tags, cell, report, bytes,
        metrics);
  }

  /** The name of the run: the last part of its path, or of a cell its name. */
  public String name() {
    return cell.map(OfMatrix::name).orElseGet(() -> layout().name());
  }

  /** Where its files lie. */
  public RunLayout layout() {
    return new RunLayout(directory);
  }

  /** The directory from the root on; empty where the root is the run. */
  public String path() {
    return root.relativize(directory).toString();
  }
}
