package org.seqgan.api.task;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.seqgan.api.plugin.About;

/**
 * Files on the network that a task can be trained on, pinned to one version. {@code seqgan data
 * fetch} brings them; {@link TaskContext#corpus} gives the folder they are in.
 *
 * @param name of its folder in the cache, by the rules of {@link org.seqgan.api.plugin.About#NAME};
 *     one per corpus, such as the task's name
 * @param description one line: what it is
 * @param licence one line: under which licence, and where that is written
 * @param repository where it is at home, for a reader
 * @param commit the version of the repository: letters, digits, and {@code . _ -} after the first
 * @param base the address of the folder that holds the files at that version; it ends in a slash
 * @param files the files, with what they have to contain
 */
public record Corpus(
    String name,
    String description,
    String licence,
    URI repository,
    String commit,
    URI base,
    List<File> files) {
  private static final String VERSION = "[A-Za-z0-9][A-Za-z0-9._-]*";

  /**
   * Checks that name and commit can be folders and nothing but that, that the files have names of
   * their own, and that the base is a folder.
   */
  public Corpus {
    if (!name.matches(About.NAME) || !commit.matches(VERSION)) {
      throw new IllegalArgumentException(
          "corpus '%s' of commit '%s': expected names that match %s and %s"
              .formatted(name, commit, About.NAME, VERSION));
    }
    files = List.copyOf(files);
    if (files.isEmpty()) {
      throw new IllegalArgumentException("corpus " + name + " has no files");
    }
    if (!base.toString().endsWith("/")) {
      throw new IllegalArgumentException(
          "the base of corpus " + name + " must end in a slash: " + base);
    }
    Set<String> names = new HashSet<>();
    for (File file : files) {
      if (!names.add(file.name())) {
        throw new IllegalArgumentException("corpus " + name + " has two files " + file.name());
      }
    }
  }

  /** The size of all files, in bytes. */
  public long bytes() {
    return files.stream().mapToLong(File::bytes).sum();
  }

  /**
   * A file.
   *
   * @param name without a folder; does not end in {@link #PART}
   * @param bytes its size
   * @param sha256 of its contents, 64 lower-case hexadecimal digits
   */
  public record File(String name, long bytes, String sha256) {
    /** Ends the name of a file that is not here to its end. */
    public static final String PART = ".part";

    /** Checks the name and the digits. */
    public File {
      if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*") || name.endsWith(PART)) {
        throw new IllegalArgumentException("not the name of a file in a folder: " + name);
      }
      if (bytes < 0 || !sha256.matches("[0-9a-f]{64}")) {
        throw new IllegalArgumentException(name + " needs its size and its SHA-256");
      }
    }
  }
}
