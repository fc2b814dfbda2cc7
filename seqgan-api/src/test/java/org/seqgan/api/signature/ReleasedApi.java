package org.seqgan.api.signature;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.seqgan.api.ApiVersion;

/**
 * What plugins were promised last: the signatures of a release, and the version that it gave to
 * them. It lies beside the sources as text, so that a change is compared without a network, and a
 * review sees what it does.
 *
 * @param version {@link ApiVersion#CURRENT} at that time
 */
record ReleasedApi(int version, Signatures signatures) {
  private static final String VERSION = "ApiVersion ";
  private static final String PROMISE = "+ ";
  private static final String DEMAND = "! ";
  private static final List<String> HEAD =
      List.of(
          "# What the last release of seqgan-api promises (+) and asks (!), one line for each.",
          "# Written at a release, see RELEASING.md; never by hand.");

  static ReleasedApi read(Path file) throws IOException {
    int version = 0;
    SortedSet<String> promises = new TreeSet<>();
    SortedSet<String> demands = new TreeSet<>();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(VERSION)) {
        version = Integer.parseInt(line.substring(VERSION.length()));
      } else if (line.startsWith(PROMISE)) {
        promises.add(line.substring(PROMISE.length()));
      } else if (line.startsWith(DEMAND)) {
        demands.add(line.substring(DEMAND.length()));
      }
    }
    return new ReleasedApi(version, new Signatures(promises, demands));
  }

  void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>(HEAD);
    lines.add(VERSION + version);
    signatures.promises().forEach(line -> lines.add(PROMISE + line));
    signatures.demands().forEach(line -> lines.add(DEMAND + line));
    Files.write(file, lines);
  }

  /**
   * What is wrong with a later state: a plugin of this release would be accepted by it, and would
   * not work.
   *
   * @param laterVersion its {@link ApiVersion#CURRENT}
   */
  Optional<String> fault(int laterVersion, Signatures later) {
    if (laterVersion < version) {
      return Optional.of(
          "ApiVersion.CURRENT is %d; the last release has %d".formatted(laterVersion, version));
    }
    List<String> broken = signatures.brokenBy(later);
    if (broken.isEmpty() || laterVersion > version) {
      return Optional.empty();
    }
    return Optional.of(
        "plugins that were built with the last release are accepted and break; put it back, or raise ApiVersion.CURRENT to %d:\n  %s"
            .formatted(version + 1, String.join("\n  ", broken)));
  }
}
