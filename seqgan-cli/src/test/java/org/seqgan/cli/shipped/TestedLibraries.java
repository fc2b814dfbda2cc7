package org.seqgan.cli.shipped;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the tests of the modules ran on, by module.
 *
 * @param byModule libraries of each module that has a report of its tests
 */
record TestedLibraries(Map<String, List<Library>> byModule) {
  private static final Pattern CLASS_PATH =
      Pattern.compile("name=\"surefire\\.test\\.class\\.path\" value=\"([^\"]*)\"");

  /** Is no part of an archive, and runs on the libraries that a cluster has. */
  private static final String OF_A_CLUSTER = "seqgan-spark";

  /**
   * Reads it off the reports that the tests have left.
   *
   * @param root the folder of the sources
   * @throws IOException if a report cannot be read
   */
  static TestedLibraries read(Path root) throws IOException {
    Map<String, List<Library>> byModule = new TreeMap<>();
    try (Stream<Path> folders = Files.list(root)) {
      for (Path module : folders.filter(each -> Files.exists(each.resolve("pom.xml"))).toList()) {
        Optional<String> classPath = classPath(module.resolve("target/surefire-reports"));
        String name = module.getFileName().toString();
        if (classPath.isPresent() && !name.equals(OF_A_CLUSTER)) {
          byModule.put(name, ThirdParty.libraries(classPath.get()));
        }
      }
    }
    return new TestedLibraries(byModule);
  }

  private static Optional<String> classPath(Path reports) throws IOException {
    if (!Files.isDirectory(reports)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(reports)) {
      Optional<Path> newest =
          files
              .filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
              .max(Comparator.comparing(file -> file.toFile().lastModified()));
      if (newest.isEmpty()) {
        return Optional.empty();
      }
      Matcher found = CLASS_PATH.matcher(Files.readString(newest.get()));
      return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
  }

  /**
   * What is shipped in another version, or with other bytes, than a module was tested on, and what
   * no module was tested on.
   *
   * @param shipped jars by coordinates
   * @return a line each, none where all is well
   */
  List<String> faults(Map<String, Path> shipped) throws IOException {
    Map<String, String> byName = new HashMap<>();
    for (String coordinates : shipped.keySet()) {
      byName.put(withoutVersion(coordinates), coordinates);
    }
    List<String> faults = new ArrayList<>();
    Set<String> untested = new HashSet<>(shipped.keySet());
    for (Map.Entry<String, List<Library>> module : byModule.entrySet()) {
      for (Library library : module.getValue()) {
        String tested = library.coordinates();
        String here = byName.get(withoutVersion(tested));
        untested.remove(tested);
        if (here != null && !here.equals(tested)) {
          faults.add(
              "%s: its tests ran on %s, expected what is shipped, %s; name its version in the root's pom"
                  .formatted(module.getKey(), tested, here));
        } else if (here != null && Files.mismatch(shipped.get(here), library.jar()) >= 0) {
          faults.add(
              "%s: its tests ran on %s, which differs from what is shipped, %s"
                  .formatted(module.getKey(), library.jar(), shipped.get(here)));
        }
      }
    }
    untested.stream()
        .sorted()
        .map(each -> each + ": is shipped, but the tests of no module ran on it")
        .forEach(faults::add);
    return faults;
  }

  private static String withoutVersion(String coordinates) {
    List<String> parts =
        Pattern.compile(":").splitAsStream(coordinates).collect(Collectors.toList());
    parts.remove(2);
    return String.join(":", parts);
  }
}
