package org.seqgan.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A file of reference numbers that another program computed. {@code -Dseqgan.golden=DIR} runs the
 * same tests on every such file of another folder. Whatever is missing in a file is a failure.
 *
 * @param path where it lies
 * @param root its contents
 */
public record GoldenFile(Path path, JsonNode root) {
  /** All files whose name begins with a prefix; a folder without one is a failure. */
  public static Stream<GoldenFile> all(String prefix) {
    return all(folder(), prefix);
  }

  /**
   * All files whose name begins with that of a method, in the folder {@code methods} or, without
   * one, in the folder itself.
   */
  static Stream<GoldenFile> method(String name) {
    Path methods = folder().resolve("methods");
    return all(Files.isDirectory(methods) ? methods : folder(), name);
  }

  private static Stream<GoldenFile> all(Path folder, String prefix) {
    List<GoldenFile> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        if (file.getFileName().toString().matches(prefix + ".*\\.json")) {
          found.add(new GoldenFile(file, new ObjectMapper().readTree(Files.readAllBytes(file))));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("reference numbers in " + folder + " cannot be read", e);
    }
    assertThat(found).as("files %s*.json in %s", prefix, folder).isNotEmpty();
    return found.stream();
  }

  private static Path folder() {
    String given = System.getProperty("seqgan.golden");
    if (given != null) {
      return Path.of(System.getProperty("seqgan.root", ".")).resolve(given);
    }
    try {
      URI folder = GoldenFile.class.getResource("/golden").toURI();
      if (folder.getScheme().equals("jar")) {
        open(folder);
      }
      return Path.of(folder);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Opens the jar that a file is in, for as long as the tests run. */
  private static synchronized void open(URI inside) {
    try {
      FileSystems.getFileSystem(inside);
    } catch (FileSystemNotFoundException none) {
      try {
        FileSystems.newFileSystem(inside, Map.of());
      } catch (IOException e) {
        throw new UncheckedIOException("reference numbers in " + inside + " cannot be read", e);
      }
    }
  }

  /** What the file says under a key, which must be there and not be empty. */
  public JsonNode at(String key) {
    JsonNode value = root.path(key);
    assertThat(value.isMissingNode() || (value.isContainerNode() && value.isEmpty()))
        .as("%s has no '%s'", path, key)
        .isFalse();
    return value;
  }

  @Override
  public String toString() {
    return path.getFileName().toString();
  }
}
