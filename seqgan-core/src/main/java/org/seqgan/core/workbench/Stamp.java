package org.seqgan.core.workbench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * What some files look like from outside: as long as it stays the same, what was read of them is
 * what is in them.
 *
 * @param parts of each file
 */
record Stamp(List<Object> parts) {
  private static final Object MISSING = "missing";

  static Stamp of(Path... files) {
    List<Object> parts = new ArrayList<>(3 * files.length);
    for (Path file : files) {
      add(file, parts);
    }
    return new Stamp(parts);
  }

  /** With another file that is seldom there: to ask costs less than the exception. */
  Stamp and(Path file) {
    List<Object> all = new ArrayList<>(parts);
    if (file.toFile().exists()) {
      add(file, all);
    } else {
      all.add(MISSING);
    }
    return new Stamp(all);
  }

  private static void add(Path file, List<Object> parts) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      parts.add(found.lastModifiedTime());
      parts.add(found.size());
      // A file that is replaced within the clock's grain is another file.
      parts.add(String.valueOf(found.fileKey()));
    } catch (IOException e) {
      parts.add(MISSING);
    }
  }
}
