package org.seqgan.cli.shipped;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads off a jar of a local repository of Maven what lies around it: coordinates and licences. */
final class LocalRepository {
  private LocalRepository() {}

  /**
   * The library of a jar.
   *
   * @return nothing if no pom lies beside it: it is what this build has made
   * @throws IOException if a pom that is needed cannot be read
   */
  static Optional<Library> library(Path jar) throws IOException {
    Path folder = jar.toAbsolutePath().getParent();
    String version = folder.getFileName().toString();
    String artifact = folder.getParent().getFileName().toString();
    String stem = artifact + "-" + version;
    Path file = folder.resolve(stem + ".pom");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String rest = jar.getFileName().toString().substring(stem.length()).replaceFirst("\\.jar$", "");
    Pom pom = Pom.read(file);
    String group = pom.group();
    Path root = folder.getParent();
    for (int names = Path.of(group.replace('.', '/'), artifact).getNameCount();
        names > 0;
        names--) {
      root = root.getParent();
    }
    return Optional.of(
        new Library(
            group,
            artifact,
            version,
            Library.classifierOf(rest.replaceFirst("^-", "")),
            licences(root, pom).stream().map(Licences::identifier).toList(),
            jar));
  }

  private static List<String> licences(Path root, Pom pom) throws IOException {
    Pom next = pom;
    while (next.licences().isEmpty() && next.parent().isPresent()) {
      Pom.Coordinates parent = next.parent().get();
      next =
          Pom.read(
              root.resolve(parent.group().replace('.', '/'))
                  .resolve(parent.artifact())
                  .resolve(parent.version())
                  .resolve(parent.artifact() + "-" + parent.version() + ".pom"));
    }
    return next.licences();
  }
}
