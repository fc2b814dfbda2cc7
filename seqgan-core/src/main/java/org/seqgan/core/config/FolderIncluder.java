package org.seqgan.core.config;

import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.seqgan.api.UserException;

/**
 * Answers the include statements of one document. A name is that of a file, relative to the
 * document's own folder, whether it stands alone or in {@code file(...)}; the file must lie in the
 * folder of the document that the user named, or below it, after all links have been followed.
 * Anything else is refused before anything is looked up: URLs, resources of the class path, and
 * paths that lead out.
 */
final class FolderIncluder
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
  /** A scheme of two letters or more: one alone is a drive of Windows. */
  private static final Pattern URL_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

  /** Endings of a name that is given without one, as HOCON has them. */
  private static final List<String> ENDINGS = List.of(".conf", ".json", ".properties");

  private final HoconReader reader;
  private final Document document;
  private final Iterator<Integer> lines;

  /**
   * What includes.
   *
   * @param name for messages
   * @param folder where it lies; empty for a text that is no file
   * @param root the folder that nothing may lead out of
   * @param depth how many documents include it, one inside another
   */
  private record Document(String name, Optional<Path> folder, Path root, int depth) {
    Document included(Path file) {
      return new Document(file.toString(), folder(file), root, depth + 1);
    }

    static Optional<Path> folder(Path file) {
      return Optional.of(file).map(Path::getParent).or(() -> Optional.of(Path.of("")));
    }
  }

  private FolderIncluder(HoconReader reader, Document document, List<Integer> lines) {
    this.reader = reader;
    this.document = document;
    this.lines = lines.iterator();
  }

  /**
   * For a text that is no file: everything is refused.
   *
   * @param lines where its include statements stand, in order
   */
  static FolderIncluder ofText(HoconReader reader, String name, List<Integer> lines) {
    return new FolderIncluder(reader, new Document(name, Optional.empty(), Path.of(""), 0), lines);
  }

  /**
   * For a file that the user named.
   *
   * @param lines where its include statements stand, in order
   */
  static FolderIncluder ofFile(HoconReader reader, Path file, List<Integer> lines) {
    Optional<Path> folder = Document.folder(file);
    return new FolderIncluder(
        reader, new Document(file.toString(), folder, folder.orElseThrow(), 0), lines);
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this; // the library's own would fetch anything
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    return include(what);
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    return include(what.getPath());
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    throw refused(place(), what.toString(), "a URL");
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    throw refused(place(), what, "a resource of the class path");
  }

  private ConfigObject include(String what) {
    String place = place();
    if (URL_SCHEME.matcher(what).matches()) {
      throw refused(place, what, "a URL");
    }
    Path folder =
        document.folder().orElseThrow(() -> refused(place, what, "an include outside of a file"));
    Path named = path(place, what);
    Path file = folder.resolve(named).normalize();
    if (!whole(file).startsWith(whole(document.root()))) {
      throw refused(place, what, "a path that leads out of " + shown(document.root()));
    }
    List<Path> found = found(file);
    if (found.isEmpty()) {
      throw wrong(
          place,
          what,
          "expected a file that can be read, found %s; check its path"
              .formatted(Files.isDirectory(file) ? "a folder" : "none"));
    }
    return found.stream()
        .map(each -> read(place, what, each))
        .reduce((first, second) -> first.withFallback(second))
        .orElseThrow();
  }

  private ConfigObject read(String place, String what, Path file) {
    reader.bounds().countInclude(place, document.depth() + 1);
    requireInside(place, what, file);
    Document included = document.included(file);
    return reader.parse(file, inner -> new FolderIncluder(reader, included, inner));
  }

  private void requireInside(String place, String what, Path file) {
    try {
      if (!file.toRealPath().startsWith(whole(document.root()).toRealPath())) {
        throw refused(place, what, "a link that leads out of " + shown(document.root()));
      }
    } catch (IOException e) {
      throw wrong(place, what, "cannot be read: " + e.getMessage());
    }
  }

  private static Path path(String place, String what) {
    try {
      return Path.of(what);
    } catch (InvalidPathException e) {
      throw wrong(place, what, "expected the path of a file: " + e.getReason());
    }
  }

  private static Path whole(Path path) {
    return path.toAbsolutePath().normalize();
  }

  /** The file itself, or those that a name without an ending stands for. */
  private static List<Path> found(Path file) {
    if (isFile(file)) {
      return List.of(file);
    }
    return Stream.of(ENDINGS)
        .flatMap(List::stream)
        .map(ending -> file.resolveSibling(file.getFileName() + ending))
        .filter(FolderIncluder::isFile)
        .toList();
  }

  private static boolean isFile(Path file) {
    return Files.isRegularFile(file) && Files.isReadable(file);
  }

  private static String shown(Path folder) {
    return folder.toString().isEmpty() ? "this folder" : folder.toString();
  }

  private String place() {
    return lines.hasNext()
        ? Place.inDocument(document.name(), lines.next()).text()
        : document.name();
  }

  private static UserException refused(String place, String what, String found) {
    return wrong(
        place,
        what,
        "expected the path of a file in the configuration's own folder or below it, found %s; copy"
                .formatted(found)
            + " what you need there");
  }

  private static UserException wrong(String place, String what, String problem) {
    return Hocon.error("%s: include of '%s': %s".formatted(place, what, problem));
  }
}
