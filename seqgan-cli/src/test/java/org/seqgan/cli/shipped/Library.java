package org.seqgan.cli.shipped;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One jar of others, as Maven knows it.
 *
 * @param group its groupId
 * @param artifact its artifactId
 * @param version its version
 * @param classifier its classifier, or ""; that of a platform is {@value #PLATFORM}, for a build on
 *     another platform ships the same for that one
 * @param licences what its pom names, or the nearest parent of that which names any; the user may
 *     choose one of them
 * @param jar the file
 */
record Library(
    String group,
    String artifact,
    String version,
    String classifier,
    List<String> licences,
    Path jar) {
  /** What stands for the name of a platform. */
  static final String PLATFORM = "PLATFORM";

  private static final Pattern OF_A_PLATFORM = Pattern.compile("(linux|macosx|windows)-\\w+");
  private static final Pattern FILE_OF_A_PLATFORM =
      Pattern.compile("(.*-)" + OF_A_PLATFORM + "(\\.jar)");
  private static final Pattern COORDINATES = Pattern.compile("[^:]+:([^:]+):([^:]+)(?::([^:]+))?");

  Library {
    licences = List.copyOf(licences);
  }

  /** The same word for the classifiers of all platforms, any other one as it is. */
  static String classifierOf(String name) {
    return OF_A_PLATFORM.matcher(name).matches() ? PLATFORM : name;
  }

  /** The name of the file of a library, from its coordinates. */
  static String fileOf(String coordinates) {
    Matcher parts = COORDINATES.matcher(coordinates);
    if (!parts.matches()) {
      throw new IllegalArgumentException("expected coordinates, found '" + coordinates + "'");
    }
    String classifier = parts.group(3) == null ? "" : "-" + parts.group(3);
    return parts.group(1) + "-" + parts.group(2) + classifier + ".jar";
  }

  /** The name of a file, with {@value #PLATFORM} in place of the name of a platform. */
  static String fileOfAnyPlatform(String file) {
    return FILE_OF_A_PLATFORM.matcher(file).replaceFirst("$1" + PLATFORM + "$3");
  }

  /** {@code group:artifact}. */
  String name() {
    return group + ":" + artifact;
  }

  /** {@code group:artifact:version}, and {@code :classifier} where it has one. */
  String coordinates() {
    return name() + ":" + version + (classifier.isEmpty() ? "" : ":" + classifier);
  }

  /** The licence that it is used under: the first that may be shipped. */
  Optional<String> licence() {
    return licences.stream().filter(Licences::mayBeShipped).findFirst();
  }
}
