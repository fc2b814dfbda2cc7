package org.seqgan.backend.dl4j.library;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files and symbolic links of a folder of libraries, by their paths below it, as they were when
 * somebody last looked at every byte. Files whose names begin with a dot are not of the libraries.
 */
record Contents(Map<String, Item> items) {
  private static final String FILE = "checked";
  private static final String SEPARATOR = "\t";
  private static final int BUFFER = 1 << 18;

  /**
   * What there is to know of one.
   *
   * @param content the SHA-256 of a file, or where a link leads
   * @param stamp of what changes with every change of a file, and without reading it; empty where
   *     the system keeps nothing like that
   */
  record Item(String content, String stamp) {
    /** What is at a path now. */
    static Item of(Path path) throws IOException {
      return Files.isSymbolicLink(path)
          ? new Item("to " + Files.readSymbolicLink(path), "")
          : new Item(sha256(path), stampOf(path));
    }

    /** Whether a path has what this says; reads a file only where its stamp does not tell. */
    boolean isStill(Path path) throws IOException {
      return isUntouched(path) || of(path).content.equals(content);
    }

    private boolean isUntouched(Path path) throws IOException {
      return !stamp.isEmpty() && !Files.isSymbolicLink(path) && stamp.equals(stampOf(path));
    }

    /** The same, but a file whose stamp has changed is not read: it is not known. */
    boolean isKnown(Path path) throws IOException {
      return stamp.isEmpty() ? of(path).content.equals(content) : isUntouched(path);
    }

    /**
     * The time of the last change of a file's contents or attributes is set by the system alone,
     * unlike the time of its last modification.
     */
    private static String stampOf(Path path) throws IOException {
      if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
        return "";
      }
      return new TreeMap<>(
              Files.readAttributes(path, "unix:ino,size,mode,uid,ctime", LinkOption.NOFOLLOW_LINKS))
          .toString();
    }

    private static String sha256(Path path) throws IOException {
      MessageDigest digest;
      try {
        digest = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has it", e);
      }
      byte[] buffer = new byte[BUFFER];
      try (InputStream in = Files.newInputStream(path)) {
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          digest.update(buffer, 0, read);
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    }
  }

  /** Reads every byte of a folder. */
  static Contents of(Path folder) throws IOException {
    Map<String, Item> items = new TreeMap<>();
    for (Map.Entry<String, Path> each : paths(folder).entrySet()) {
      items.put(each.getKey(), Item.of(each.getValue()));
    }
    return new Contents(items);
  }

  /** All files and links below a folder; follows no link. */
  static Map<String, Path> paths(Path folder) throws IOException {
    Map<String, Path> found = new TreeMap<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            if (isOfLibraries(folder, path)) {
              found.put(folder.relativize(path).toString(), path);
            }
            return FileVisitResult.CONTINUE;
          }

          /** Other processes make files of their own here, and delete them, under no lock. */
          @Override
          public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
            if (e instanceof NoSuchFileException && !isOfLibraries(folder, path)) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
    return found;
  }

  private static boolean isOfLibraries(Path folder, Path path) {
    String name = folder.relativize(path).toString();
    return !name.startsWith(".") && !name.equals(FILE);
  }

  /** What was written into a folder; nothing if that cannot be read. */
  static Contents read(Path folder) throws IOException {
    Map<String, Item> items = new TreeMap<>();
    Path file = folder.resolve(FILE);
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(SEPARATOR, -1))
          .filter(words -> words.length == 3)
          .forEach(words -> items.put(words[0], new Item(words[1], words[2])));
    }
    return new Contents(items);
  }

  /** Writes it into a folder, where it appears as a whole. */
  void write(Path folder) throws IOException {
    StringBuilder text = new StringBuilder();
    items.forEach(
        (name, item) ->
            text.append(String.join(SEPARATOR, name, item.content(), item.stamp())).append('\n'));
    Path part = Files.createTempFile(folder, "." + FILE, null);
    try {
      Files.write(part, text.toString().getBytes(StandardCharsets.UTF_8));
      Files.move(part, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  Optional<Item> item(String name) {
    return Optional.ofNullable(items.get(name));
  }

  /** Whether a folder has all of this and nothing else, and no file was touched since. */
  boolean isAllOf(Path folder) throws IOException {
    Map<String, Path> there = paths(folder);
    if (items.isEmpty() || !there.keySet().equals(items.keySet())) {
      return false;
    }
    for (Map.Entry<String, Path> each : there.entrySet()) {
      if (!items.get(each.getKey()).isKnown(each.getValue())) {
        return false;
      }
    }
    return true;
  }
}
