package org.seqgan.core.workbench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.seqgan.api.UserException;
import org.seqgan.core.failure.Failure;
import org.seqgan.core.io.Sha256;
import org.seqgan.core.matrix.Cell;
import org.seqgan.core.matrix.CellFolder;
import org.seqgan.core.matrix.CellState;
import org.seqgan.core.matrix.CellSummary;
import org.seqgan.core.matrix.MatrixLayout;
import org.seqgan.core.matrix.Plan;
import org.seqgan.core.queue.Attempt;
import org.seqgan.core.run.RunLayout;
import org.seqgan.core.survey.AnswerSheet;
import org.seqgan.core.survey.SurveyKey;
import org.seqgan.core.workbench.FolderWalk.Found;
import org.seqgan.core.workbench.MatrixSummary.CellStatus;
import org.seqgan.core.workbench.RunSummary.OfMatrix;

/**
 * The runs, matrices and surveys below some folders. What is there is found by {@link #scan}; a
 * file is read again only where it is another than when it was read, so that a second scan of many
 * runs costs little. Whatever is in a folder that looks like a run, the scan goes on: it is then
 * {@linkplain RunState#BROKEN broken}.
 *
 * <p>Thread-safe; one scan at a time.
 */
public final class Workbench {
  private static final int ID_DIGITS = 20;

  private final List<Path> roots;
  private final InstantSource clock;
  private final Map<Key, Kept<?>> kept = new HashMap<>();
  private Map<Key, Kept<?>> used = new ConcurrentHashMap<>();
  private final Map<String, Found> found = new HashMap<>();
  private volatile Snapshot latest = Snapshot.NONE;

  /**
   * A workbench over some folders.
   *
   * @param roots a run directory, a matrix', or any folder above some; need not be there yet
   */
  public Workbench(List<Path> roots, InstantSource clock) {
    this.roots = roots.stream().map(root -> root.toAbsolutePath().normalize()).distinct().toList();
    this.clock = clock;
  }

  /** The folders, absolute. */
  public List<Path> roots() {
    return roots;
  }

  /** What the last scan found; nothing before the first. */
  public Snapshot latest() {
    return latest;
  }

  /**
   * What was read of some files.
   *
   * @param stamp what they looked like
   */
  private record Kept<T>(Stamp stamp, T value) {}

  /** What is kept of a path; one can be several things. */
  private record Key(Class<?> type, Path path) {}

  /** Reads something that is kept while its files stay as they are. */
  @FunctionalInterface
  private interface Reading<T> {
    T read();
  }

  private <T> T kept(Class<T> type, Path path, Stamp stamp, Reading<T> reading) {
    Key key = new Key(type, path);
    Kept<?> old = kept.get(key);
    T value = old != null && old.stamp.equals(stamp) ? type.cast(old.value) : reading.read();
    used.put(key, new Kept<>(stamp, value));
    return value;
  }

  /** Looks at all folders. */
  public synchronized Snapshot scan() {
    used = new ConcurrentHashMap<>();
    FolderWalk walk = new FolderWalk();
    roots.forEach(walk::below);
    Map<Path, OfMatrix> cells = new HashMap<>();
    List<Read> plans = new ArrayList<>();
    for (Found found : walk.matrices()) {
      Read matrix = plan(found);
      plans.add(matrix);
      cells.putAll(matrix.runs());
    }
    // By far the most work of a first scan, and each run by itself.
    List<RunSummary> inOrder =
        walk.runs().parallelStream()
            .map(found -> run(found, Optional.ofNullable(cells.get(found.real()))))
            .toList();
    Map<Path, RunSummary> byPath = new HashMap<>();
    found.clear();
    for (int i = 0; i < inOrder.size(); i++) {
      found.put(inOrder.get(i).id(), walk.runs().get(i));
      byPath.put(walk.runs().get(i).real(), inOrder.get(i));
    }
    List<RunSummary> runs = new ArrayList<>(inOrder);
    List<MatrixSummary> matrices =
        new ArrayList<>(plans.stream().map(plan -> matrix(plan, byPath)).toList());
    List<SurveySummary> surveys = new ArrayList<>();
    List<String> remarks = new ArrayList<>(walk.remarks());
    for (Found found : walk.surveys()) {
      try {
        surveys.add(survey(found));
      } catch (UserException e) {
        remarks.add(String.valueOf(e.getMessage()));
      }
    }
    kept.clear();
    kept.putAll(used);
    runs.sort(Comparator.comparing(RunSummary::root).thenComparing(RunSummary::directory));
    matrices.sort(
        Comparator.comparing(MatrixSummary::root).thenComparing(MatrixSummary::directory));
    surveys.sort(Comparator.comparing(SurveySummary::root).thenComparing(SurveySummary::page));
    return show(runs, matrices, surveys, remarks);
  }

  /**
   * Looks again at some runs that the last scan found, and at nothing else.
   *
   * @param ids those of no run that was found mean nothing
   */
  public synchronized Snapshot look(Set<String> ids) {
    used = new ConcurrentHashMap<>(kept);
    List<RunSummary> runs = new ArrayList<>();
    for (RunSummary before : latest.runs()) {
      runs.add(
          ids.contains(before.id())
              ? run(Objects.requireNonNull(found.get(before.id())), before.cell())
              : before);
    }
    kept.putAll(used);
    return show(runs, latest.matrices(), latest.surveys(), latest.remarks());
  }

  private Snapshot show(
      List<RunSummary> runs,
      List<MatrixSummary> matrices,
      List<SurveySummary> surveys,
      List<String> remarks) {
    Snapshot now =
        new Snapshot(latest.version(), clock.instant(), runs, matrices, surveys, remarks);
    boolean news = latest.version() == 0 || !now.showsTheSameAs(latest);
    latest = news ? now.next() : now;
    return latest;
  }

  private RunSummary run(Found found, Optional<OfMatrix> cell) {
    RunLayout layout = new RunLayout(found.path());
    Stamp stamp =
        Stamp.of(layout.status(), layout.config(), layout.metrics())
            .and(layout.tags())
            .and(layout.report());
    RunSummary run =
        kept(
            RunSummary.class,
            found.real(),
            stamp,
            () -> RunReader.read(id(found), found.root(), layout, cell));
    if (!run.cell().equals(cell) || !run.directory().equals(found.path())) {
      run = RunReader.read(id(found), found.root(), layout, cell);
      used.put(new Key(RunSummary.class, found.real()), new Kept<>(stamp, run));
    }
    return run.state() == RunState.RUNNING ? asItIsNow(run) : run;
  }

  /** Whether a process writes it can change without any file. */
  private static RunSummary asItIsNow(RunSummary run) {
    try {
      return run.layout().inUse() ? run : run.as(RunState.KILLED, run.message());
    } catch (UserException e) {
      return run.as(
          RunState.RUNNING, Optional.of("whether it still runs cannot be told: " + e.getMessage()));
    }
  }

  /** A plan, and which directories are runs of its cells. */
  private record Read(Found found, Optional<Plan> plan, Optional<String> message) {
    private Map<Path, OfMatrix> runs() {
      Map<Path, OfMatrix> runs = new HashMap<>();
      MatrixLayout layout = new MatrixLayout(found.real());
      Set<String> ids = new HashSet<>();
      for (Cell cell : cells()) {
        ids.add(cell.id());
        runs.put(layout.folder(cell).run().root(), new OfMatrix(id(found), cell.id()));
      }
      for (Attempt attempt : orNone(layout::attempts, List.<Attempt>of())) {
        if (ids.contains(attempt.id())) {
          runs.put(layout.folder(attempt).run().root(), new OfMatrix(id(found), attempt.id()));
        }
      }
      return runs;
    }

    private List<Cell> cells() {
      return plan.map(Plan::cells).orElse(List.of());
    }
  }

  private Read plan(Found found) {
    MatrixLayout layout = new MatrixLayout(found.path());
    return kept(
        Read.class,
        found.real(),
        Stamp.of(layout.planFile()),
        () -> {
          try {
            ReadableFile.require(layout.planFile());
            Plan plan = layout.plan();
            plan.cells().forEach(cell -> requirePlainName(cell, layout));
            return new Read(found, Optional.of(plan), Optional.empty());
          } catch (RuntimeException e) {
            return new Read(found, Optional.empty(), Optional.of(Failure.of(e).message()));
          }
        });
  }

  /** Who sent the plan may have put a way to somewhere else into the name of a cell. */
  private static void requirePlainName(Cell cell, MatrixLayout layout) {
    Path folder = layout.folder(cell).root().normalize();
    if (!layout.cells().normalize().equals(folder.getParent())) {
      throw new UserException(
          UserException.Kind.RUN_DIRECTORY,
          "expected the name of a folder as the id of cell %d in %s, found '%s'"
              .formatted(cell.number(), layout.planFile(), cell.id()));
    }
  }

  /** What a folder has; where that cannot be listed, the walk has remarked it. */
  private static <T> T orNone(Supplier<T> listing, T none) {
    try {
      return listing.get();
    } catch (UserException e) {
      return none;
    }
  }

  private MatrixSummary matrix(Read read, Map<Path, RunSummary> runs) {
    MatrixLayout layout = new MatrixLayout(read.found.path());
    MatrixLayout real = new MatrixLayout(read.found.real());
    Map<String, CellFolder> underWay = orNone(real::underWay, Map.<String, CellFolder>of());
    List<CellStatus> cells = new ArrayList<>();
    for (Cell cell : read.cells()) {
      CellFolder folder = real.folder(cell);
      Optional<RunSummary> run =
          Stream.of(folder, underWay.getOrDefault(cell.id(), folder))
              .flatMap(each -> Stream.ofNullable(runs.get(each.run().root())))
              .findFirst();
      cells.add(status(cell, outcome(cell, folder), run));
    }
    return new MatrixSummary(
        id(read.found),
        read.found.root(),
        read.found.path(),
        read.plan.map(Plan::name).orElseGet(() -> read.found.path().getFileName().toString()),
        read.message,
        cells,
        Files.isRegularFile(layout.report()));
  }

  /** What a cell came to, without what is as large as its samples. */
  private CellSummary outcome(Cell cell, CellFolder folder) {
    return kept(
        CellSummary.class,
        folder.root(),
        Stamp.of(folder.summaryFile()),
        () -> {
          try {
            ReadableFile.require(folder.summaryFile());
            CellSummary summary = folder.summary().orElseGet(() -> CellSummary.waiting(cell));
            return summary.withoutSequences();
          } catch (RuntimeException e) {
            return CellSummary.failed(cell, Failure.of(e).message(), 0);
          }
        });
  }

  private static CellStatus status(Cell cell, CellSummary outcome, Optional<RunSummary> run) {
    boolean runs =
        outcome.state() == CellState.WAITING
            && run.filter(each -> each.state() == RunState.RUNNING).isPresent();
    Optional<String> failure = Optional.of(outcome.failure()).filter(words -> !words.isEmpty());
    return new CellStatus(
        cell.id(),
        cell.method(),
        cell.seed(),
        runs ? CellState.RUNNING : outcome.state(),
        failure.or(() -> run.flatMap(RunSummary::message)),
        run.map(RunSummary::id),
        outcome.finalScores().temperatures());
  }

  private SurveySummary survey(Found found) {
    Path key = FolderWalk.key(found.path());
    String survey = kept(String.class, key, Stamp.of(key), () -> surveyOfKey(key));
    int answers = 0;
    try (DirectoryStream<Path> sheets =
        Files.newDirectoryStream(found.path().getParent(), "answers-*.json")) {
      for (Path sheet : sheets) {
        String of = kept(String.class, sheet, Stamp.of(sheet), () -> surveyOf(sheet));
        answers += of.equals(survey) ? 1 : 0;
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw new UserException(
          UserException.Kind.DATA, "the answers beside %s cannot be read".formatted(key), e);
    }
    return new SurveySummary(id(found), found.root(), found.path(), survey, answers);
  }

  private static String surveyOfKey(Path key) {
    ReadableFile.require(key);
    return SurveyKey.read(key).survey();
  }

  /** The survey that answers are to; nothing for a file of somebody else. */
  private static String surveyOf(Path sheet) {
    try {
      ReadableFile.require(sheet);
      return AnswerSheet.read(sheet).survey();
    } catch (UserException e) {
      return "";
    }
  }

  private static String id(Found found) {
    return Sha256.of(found.real().toString().getBytes(UTF_8)).substring(0, ID_DIGITS);
  }
}
