package org.seqgan.core.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.seqgan.api.UserException;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.io.ExclusiveLock;
import org.seqgan.core.queue.Attempt;
import org.seqgan.core.queue.FolderOnDisk;
import org.seqgan.core.queue.Holder;
import org.seqgan.core.queue.LeaseRecord;
import org.seqgan.core.queue.WorkQueue;
import org.seqgan.core.run.DurableFiles;

/**
 * The directory of a matrix: {@code plan.json}, a {@linkplain CellFolder folder} for each cell that
 * has ended below {@code cells/}, one for each {@linkplain org.seqgan.core.queue.Attempt attempt}
 * at another below {@code work/}, and what is made of the results. While it is created or resumed
 * no other process of this machine can do that; any number {@linkplain #join join}. For one thread.
 */
public final class MatrixDirectory implements AutoCloseable {
  private final MatrixLayout layout;
  private final Plan plan;
  private final MatrixProgram program;
  private final Optional<ExclusiveLock> lock;

  private MatrixDirectory(
      Path root, Plan plan, MatrixProgram program, Optional<ExclusiveLock> lock) {
    this.layout = new MatrixLayout(root);
    this.plan = plan;
    this.program = program;
    this.lock = lock;
  }

  /**
   * A new directory for a plan.
   *
   * @param root made with its parents, may be there and empty
   * @param program this one
   * @throws UserException of kind {@code RUN_DIRECTORY} where something is there already
   */
  public static MatrixDirectory create(Path root, Plan plan, MatrixProgram program) {
    requireVacant(root);
    try {
      Files.createDirectories(root);
      MatrixDirectory directory = new MatrixDirectory(root, plan, program, Optional.of(lock(root)));
      return directory.opening(directory::writePlan);
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(root, e);
    }
  }

  /**
   * Fails where {@link #create} would because something is there already.
   *
   * @throws UserException of kind {@code RUN_DIRECTORY}
   */
  public static void requireVacant(Path root) {
    if (!isVacant(root)) {
      throw runDirectory(
          "%s exists already: use --resume to go on, or another --out".formatted(root));
    }
  }

  /**
   * A directory to go on with. What the cells are compared by may have changed: it makes no cell
   * another. Cells that failed are open again.
   *
   * @param program this one
   * @throws UserException of kind {@code RUN_DIRECTORY} where there is none, another process uses
   *     it, or it was made for another plan
   */
  public static MatrixDirectory resume(Path root, Plan plan, MatrixProgram program) {
    if (!Files.isDirectory(root)) {
      throw runDirectory(
          "expected the directory of a matrix to resume at %s, found none; start it without --resume"
              .formatted(root));
    }
    if (isVacant(root)) {
      // It was killed before it had written its plan.
      return create(root, plan, program);
    }
    MatrixLayout layout = new MatrixLayout(root);
    if (!Files.exists(layout.planFile())) {
      throw runDirectory(
          "expected the directory of a matrix to resume at %s, found no %s in it; check --out"
              .formatted(root, layout.planFile().getFileName()));
    }
    Plan old = layout.plan();
    Optional<String> difference = old.difference(plan);
    if (difference.isPresent()) {
      throw runDirectory(
          "%s was made for another matrix: %s; take the change back, or choose another --out"
              .formatted(root, difference.get()));
    }
    try {
      MatrixDirectory directory = new MatrixDirectory(root, plan, program, Optional.of(lock(root)));
      return directory.opening(
          () -> {
            if (!old.equals(plan)) {
              directory.writePlan();
            } else if (!directory.written().equals(Optional.of(program))) {
              directory.writeProgram();
            }
            directory.reopenWhatIsNotDone();
          });
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(root, e);
    }
  }

  /**
   * The directory of a matrix that another process made, to take cells from.
   *
   * @param program this one; that it is what the matrix is run with is seen when a cell is taken
   * @throws UserException of kind {@code RUN_DIRECTORY} where there is none
   */
  public static MatrixDirectory join(Path root, MatrixProgram program) {
    MatrixLayout layout = new MatrixLayout(root);
    if (!Files.exists(layout.planFile())) {
      throw runDirectory(
          "expected the directory of a matrix at %s, found no %s in it; make it by 'seqgan matrix', on a folder that all machines see"
              .formatted(root, layout.planFile().getFileName()));
    }
    return new MatrixDirectory(root, layout.plan(), program, Optional.empty());
  }

  /**
   * The same to look at, with whatever program.
   *
   * @throws UserException of kind {@code RUN_DIRECTORY} where there is none
   */
  public static MatrixDirectory look(Path root) {
    return join(root, new MatrixProgram("of who looks", Map.of()));
  }

  /**
   * Insists that this program is what the matrix is run with: cells of one matrix are compared.
   *
   * @throws UserException of kind {@code RUN_DIRECTORY}, naming what is not the same
   */
  void requireProgram() {
    MatrixProgram expected =
        written().orElseGet(() -> new MatrixProgram("0.1 or earlier", Map.of()));
    expected
        .difference(program)
        .ifPresent(
            difference -> {
              throw runDirectory(
                  "%s is run with %s; use the same, or have 'seqgan matrix --resume' take the matrix over with what is here"
                      .formatted(root(), difference));
            });
  }

  /** What is said of it in the directory. */
  private Optional<MatrixProgram> written() {
    Path file = layout.programFile();
    return Files.exists(file)
        ? Optional.of(Records.read(file, MatrixProgram.class, MatrixProgram.ADDED))
        : Optional.empty();
  }

  /** What is done while it is opened. */
  private interface Opening {
    void run() throws IOException;
  }

  /** This directory; lets go of it where it cannot be opened. */
  private MatrixDirectory opening(Opening opening) throws IOException {
    boolean opened = false;
    try {
      opening.run();
      opened = true;
      return this;
    } finally {
      if (!opened) {
        close();
      }
    }
  }

  /** The program first: where there is a plan, there is one. */
  private void writePlan() {
    writeProgram();
    Records.write(layout.planFile(), plan);
  }

  private void writeProgram() {
    Records.write(layout.programFile(), program);
  }

  /** Cells that failed, and those that an earlier version of the program left unfinished. */
  private void reopenWhatIsNotDone() throws IOException {
    WorkQueue queue = queue(CellQueue.LEASE);
    for (Cell cell : plan.cells()) {
      if (Files.exists(folder(cell).root()) && summary(cell).state() != CellState.DONE) {
        queue.reopen(cell.id());
      }
    }
  }

  /** The cells, to be taken by this process. */
  WorkQueue queue(Duration length) {
    Holder holder = Holder.ofThisProcess();
    RandomStream choice = RandomStream.of(holder.token().hashCode()).split("cells");
    return new WorkQueue(
        new FolderOnDisk(root()),
        plan.cells().stream().map(Cell::id).toList(),
        holder,
        length,
        System::nanoTime,
        choice::nextInt);
  }

  private static boolean isVacant(Path root) {
    if (!Files.isDirectory(root)) {
      return !Files.exists(root);
    }
    MatrixLayout layout = new MatrixLayout(root);
    String plan = layout.planFile().getFileName() + ".";
    String program = String.valueOf(layout.programFile().getFileName());
    try (Stream<Path> entries = Files.list(root)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .allMatch(
              name ->
                  name.equals(MatrixLayout.LOCK)
                      || name.startsWith(plan)
                      || name.startsWith(program));
    } catch (IOException e) {
      throw DurableFiles.cannotRead(root, e);
    }
  }

  private static ExclusiveLock lock(Path root) throws IOException {
    return ExclusiveLock.tryAcquire(root.resolve(MatrixLayout.LOCK))
        .orElseThrow(
            () ->
                runDirectory(
                    "%s is being written by another process; wait for it to end, or choose another --out"
                        .formatted(root)));
  }

  /**
   * Keeps the matrix file that the plan was made of, for who asked for the matrix without one.
   *
   * @throws UserException of kind {@code ENVIRONMENT} where it cannot be written
   */
  public void keep(String file) {
    DurableFiles.replace(layout.file(), file);
  }

  /** The directory itself. */
  public Path root() {
    return layout.root();
  }

  /** What is done in it. */
  public Plan plan() {
    return plan;
  }

  /** The folder of a cell that has ended. */
  public CellFolder folder(Cell cell) {
    return layout.folder(cell);
  }

  /** The table of cells, for other programs. */
  public Path csv() {
    return layout.csv();
  }

  /** The table of methods, with statistics over seeds, for other programs. */
  public Path summaryCsv() {
    return layout.summaryCsv();
  }

  /** The report. */
  public Path report() {
    return layout.report();
  }

  /** What a cell came to; waiting where it has not ended. */
  public CellSummary summary(Cell cell) {
    return folder(cell).summary().orElseGet(() -> CellSummary.waiting(cell));
  }

  /** All that there is so far. */
  public MatrixResults results() {
    List<CellHistory> cells = new ArrayList<>();
    List<Map<String, Double>> anchors = new ArrayList<>();
    Map<String, CellFolder> underWay = layout.underWay();
    for (Cell cell : plan.cells()) {
      CellSummary summary = summary(cell);
      CellFolder folder =
          summary.state() == CellState.WAITING
              ? underWay.getOrDefault(cell.id(), folder(cell))
              : folder(cell);
      cells.add(new CellHistory(summary, folder.points()));
      anchors.add(folder.anchors());
    }
    return new Gathering(plan, cells, anchors).results();
  }

  /** How every cell stands at the moment, in the order of the plan; nothing is changed. */
  public List<CellStanding> standing() {
    WorkQueue queue = queue(CellQueue.LEASE);
    try {
      queue.look();
      Map<String, CellStanding> running = new HashMap<>();
      Map<String, Cell> cells = new HashMap<>();
      plan.cells().forEach(cell -> cells.put(cell.id(), cell));
      for (Attempt attempt : queue.underWay()) {
        Cell cell = cells.get(attempt.id());
        CellFolder folder = layout.folder(attempt);
        Optional<LeaseRecord> record = queue.record(attempt);
        running.put(cell.id(), CellStanding.running(cell, folder, record));
      }
      return plan.cells().stream()
          .map(cell -> running.getOrDefault(cell.id(), CellStanding.of(summary(cell))))
          .toList();
    } catch (IOException e) {
      throw DurableFiles.cannotRead(root(), e);
    }
  }

  private static UserException runDirectory(String message) {
    return new UserException(UserException.Kind.RUN_DIRECTORY, message);
  }

  /** Lets others open the directory. */
  @Override
  public void close() {
    try {
      if (lock.isPresent()) {
        lock.get().close();
      }
    } catch (IOException e) {
      throw DurableFiles.cannotWrite(root(), e);
    }
  }
}
