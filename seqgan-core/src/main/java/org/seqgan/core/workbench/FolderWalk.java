package org.seqgan.core.workbench;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.seqgan.core.matrix.MatrixLayout;
import org.seqgan.core.run.RunLayout;

/**
 * Looks for runs, matrices and surveys below some folders. Links are followed, each folder is
 * looked at once, however many ways lead to it. Below a run nothing is looked for, nor in folders
 * whose names begin with a dot.
 */
final class FolderWalk {
  private static final int DEEPEST = 8;
  private static final int MOST_FOLDERS = 200_000;
  private static final String KEY = ".key.json";

  private final Set<Path> seen = new HashSet<>();
  private final List<Found> runs = new ArrayList<>();
  private final List<Found> matrices = new ArrayList<>();
  private final List<Found> surveys = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();

  /**
   * Something that was found.
   *
   * @param root the folder that was searched, as it was given
   * @param path where it is, from the root on
   * @param real where that leads to
   */
  record Found(Path root, Path path, Path real) {
    private Found child(Path entry) throws IOException {
      Path name = entry.getFileName();
      Path below = path.resolve(name);
      return new Found(
          root, below, Files.isSymbolicLink(entry) ? below.toRealPath() : real.resolve(name));
    }
  }

  /** Looks below a folder; one that is not there is remarked. */
  void below(Path root) {
    try {
      look(new Found(root, root, root.toRealPath()), 0);
    } catch (IOException e) {
      remarks.add("nothing is looked for in %s: it cannot be read".formatted(root));
    }
  }

  private void look(Found folder, int depth) {
    if (!seen.add(folder.real)) {
      return;
    }
    if (isRun(folder.path)) {
      runs.add(folder);
      return;
    }
    if (seen.size() > MOST_FOLDERS) {
      if (seen.size() == MOST_FOLDERS + 1) {
        remarks.add(
            "only %,d folders are looked at; name the folders that runs are in"
                .formatted(MOST_FOLDERS));
      }
      return;
    }
    boolean matrix = new MatrixLayout(folder.path).isThere();
    if (matrix) {
      matrices.add(folder);
    }
    if (depth < DEEPEST) {
      lookInside(folder, depth, matrix);
    }
  }

  private void lookInside(Found folder, int depth, boolean matrix) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.path)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (name.endsWith(KEY)) {
          survey(folder, name);
        } else if (!name.startsWith(".") && Files.isDirectory(entry)) {
          // The folders of cells are part of the matrix that was found.
          look(folder.child(entry), matrix ? Math.min(depth + 1, DEEPEST - 2) : depth + 1);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      remarks.add("%s is left out: it cannot be read".formatted(folder.path));
    }
  }

  private void survey(Found folder, String key) throws IOException {
    Path page = folder.path.resolve(key.substring(0, key.length() - KEY.length()) + ".html");
    if (Files.isRegularFile(page, LinkOption.NOFOLLOW_LINKS)) {
      surveys.add(folder.child(page));
    }
  }

  /** The key of a survey, beside its page. */
  static Path key(Path page) {
    String name = String.valueOf(page.getFileName());
    return page.resolveSibling(name.substring(0, name.length() - ".html".length()) + KEY);
  }

  /** A folder with two of the files that every run has: one that has lost the third is broken. */
  private static boolean isRun(Path folder) {
    RunLayout layout = new RunLayout(folder);
    boolean status = layout.status().toFile().exists();
    boolean config = layout.config().toFile().exists();
    return (status && config) || ((status || config) && layout.metrics().toFile().exists());
  }

  List<Found> runs() {
    return runs;
  }

  List<Found> matrices() {
    return matrices;
  }

  List<Found> surveys() {
    return surveys;
  }

  List<String> remarks() {
    return remarks;
  }
}
