package org.seqgan.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seqgan.core.run.RunLayout;
import org.seqgan.core.workbench.RunSummary;
import org.seqgan.core.workbench.Snapshot;
import org.seqgan.core.workbench.Workbench;

/** The runs that the words of a command line lead to. */
final class RunsOfFolders {
  /** Where runs are kept if nobody says otherwise; they need not be there. */
  static final List<Path> USUAL = List.of(Path.of("runs"), Path.of("matrices"));

  private RunsOfFolders() {}

  /**
   * Insists that folders that somebody named are there.
   *
   * @throws org.seqgan.api.UserException naming the first that is not
   */
  static void require(List<Path> folders) {
    for (Path folder : folders) {
      if (!Files.isDirectory(folder)) {
        throw Misuse.of(
            "expected a folder with runs, found %s at %s; check the name"
                .formatted(Files.exists(folder) ? "a file" : "nothing", folder));
      }
    }
  }

  /**
   * All below some folders.
   *
   * @param folders those named; where none is, the usual ones that are here
   */
  static Snapshot below(List<Path> folders) {
    require(folders);
    List<Path> roots =
        folders.isEmpty() ? USUAL.stream().filter(Files::isDirectory).toList() : folders;
    if (roots.isEmpty()) {
      throw Misuse.of(
          "expected a folder runs or matrices here, found neither; name a folder with runs");
    }
    return new Workbench(roots, InstantSource.system()).scan();
  }

  /**
   * The runs with these directories, in this order, each once.
   *
   * @throws org.seqgan.api.UserException of kind {@code RUN_DIRECTORY} where one is none
   */
  static List<RunSummary> named(Set<Path> directories) {
    List<Path> paths =
        directories.stream().map(path -> path.toAbsolutePath().normalize()).distinct().toList();
    paths.forEach(RunLayout::existing);
    Map<Path, RunSummary> found = new LinkedHashMap<>();
    new Workbench(paths, InstantSource.system())
        .scan()
        .runs()
        .forEach(run -> found.put(run.directory(), run));
    List<RunSummary> runs = new ArrayList<>();
    for (Path path : paths) {
      RunSummary run = found.get(path);
      if (run == null) {
        throw Misuse.of("%s is named twice, by two ways; name it once".formatted(path));
      }
      runs.add(run);
    }
    return runs;
  }

  /** The directory of a run as one would type it here. */
  static String typed(RunSummary run) {
    Path here = Path.of("").toAbsolutePath();
    Path directory = run.directory();
    return (directory.startsWith(here) && !directory.equals(here)
            ? here.relativize(directory)
            : directory)
        .toString();
  }
}
