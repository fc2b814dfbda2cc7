package org.seqgan.core.corpus;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.seqgan.api.UserException;
import org.seqgan.api.task.Corpus;

/**
 * A place that has the files of a corpus, each under its name: the corpus' own home, a mirror, or a
 * folder. What comes from it is checked, wherever it is.
 *
 * @param base its address, {@code http}, {@code https} or {@code file}; ends in a slash
 */
public record CorpusSource(URI base) {
  private static final String FILE = "file";

  /** Where a corpus is at home. */
  public static CorpusSource homeOf(Corpus corpus) {
    return new CorpusSource(corpus.base());
  }

  /**
   * A place that a user names.
   *
   * @param place a folder, or an address
   * @throws UserException (configuration) if the address is malformed or of another kind, (data) if
   *     the folder is not there
   */
  public static CorpusSource of(String place) {
    // One letter before a colon is the drive of a path on Windows.
    return place.matches("(?i)[a-z][a-z0-9+.-]+:.*") ? ofAddress(place) : ofFolder(place);
  }

  private static CorpusSource ofAddress(String address) {
    URI uri;
    try {
      uri = new URI(address.endsWith("/") ? address : address + "/");
    } catch (URISyntaxException e) {
      throw malformed(address, e.getReason());
    }
    return switch (String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT)) {
      case "http", "https" -> {
        if (uri.getHost() == null || uri.getQuery() != null || uri.getFragment() != null) {
          throw malformed(address, "it must be the address of a folder");
        }
        yield new CorpusSource(uri);
      }
      case FILE -> ofFileAddress(uri);
      default -> throw malformed(address, "it must begin with http, https or file");
    };
  }

  private static CorpusSource ofFileAddress(URI uri) {
    try {
      return ofFolder(Path.of(uri).toString());
    } catch (IllegalArgumentException e) {
      throw malformed(uri.toString(), e.getMessage());
    }
  }

  private static CorpusSource ofFolder(String folder) {
    try {
      Path path = Path.of(folder).toAbsolutePath().normalize();
      if (Files.isDirectory(path)) {
        return new CorpusSource(path.toUri());
      }
    } catch (InvalidPathException e) {
      throw malformed(folder, e.getReason());
    }
    throw new UserException(
        UserException.Kind.DATA,
        "expected a folder with the files of the corpus, or an address, found no folder " + folder);
  }

  private static UserException malformed(String place, String why) {
    return new UserException(
        UserException.Kind.CONFIGURATION,
        "cannot fetch from %s: %s; give a folder, or an address such as https://host/folder/"
            .formatted(place, why));
  }

  /** Whether it is a folder of this machine. */
  boolean isFolder() {
    return FILE.equalsIgnoreCase(base.getScheme());
  }

  /** A file of it. */
  URI address(Corpus.File file) {
    return base.resolve(file.name());
  }

  /** Where it is, for a reader: a path or an address. */
  @Override
  public String toString() {
    return isFolder() ? Path.of(base).toString() : base.toString();
  }
}
