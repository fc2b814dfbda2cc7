package org.seqgan.cli.shipped;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The folder {@code third-party} of an archive: who wrote what is in it, and on which terms. */
final class Notices {
  /** At the top of a jar, or of what a WebJar has of others. */
  private static final Pattern LICENCE_FILE =
      Pattern.compile(
          "(META-INF/(resources/webjars/[^/]+/[^/]+/)?)?(LICEN[SC]E|NOTICE)([.-][\\w.-]*)?",
          Pattern.CASE_INSENSITIVE);

  private final Path root;
  private final Path sources;

  /**
   * @param root the folder of the sources, whose LICENSE is the text of Apache-2.0
   * @param sources texts that are written by hand: {@code header.txt}, {@code inside.txt} and the
   *     other licences
   */
  Notices(Path root, Path sources) {
    this.root = root;
    this.sources = sources;
  }

  /**
   * Writes it.
   *
   * @param folder where to; it is made
   * @param list what the archive has
   * @param libraries the same, with its jars
   */
  void write(Path folder, LibraryList list, List<Library> libraries) throws IOException {
    Path licences = Files.createDirectories(folder.resolve("licences"));
    Files.writeString(folder.resolve("THIRD-PARTY.txt"), text(list));
    Files.copy(root.resolve("LICENSE"), licences.resolve("Apache-2.0.txt"));
    try (Stream<Path> texts = Files.list(sources.resolve("licences"))) {
      for (Path text : texts.toList()) {
        Files.copy(text, licences.resolve(text.getFileName().toString()));
      }
    }
    for (Library library : libraries) {
      copyOwn(library, folder.resolve(library.artifact()));
    }
  }

  private String text(LibraryList list) throws IOException {
    StringBuilder text = new StringBuilder(Files.readString(sources.resolve("header.txt")));
    for (LibraryList.Section section : list.sections()) {
      text.append('\n').append(section.job()).append('\n');
      section
          .licences()
          .forEach(
              (library, licence) ->
                  text.append("  ").append(library).append("  ").append(licence).append('\n'));
    }
    return text.append('\n').append(Files.readString(sources.resolve("inside.txt"))).toString();
  }

  private static void copyOwn(Library library, Path folder) throws IOException {
    try (ZipFile jar = new ZipFile(library.jar().toFile())) {
      for (ZipEntry entry : jar.stream().map(ZipEntry.class::cast).toList()) {
        if (LICENCE_FILE.matcher(entry.getName()).matches() && !entry.isDirectory()) {
          Path copy = folder.resolve(Path.of(entry.getName()).getFileName().toString());
          if (!Files.exists(copy)) {
            Files.createDirectories(folder);
            try (InputStream in = jar.getInputStream(entry)) {
              Files.copy(in, copy);
            }
          }
        }
      }
    }
  }
}
