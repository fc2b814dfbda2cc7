package org.seqgan.core.matrix;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.seqgan.api.UserException;
import org.seqgan.core.queue.Attempt;
import org.seqgan.core.queue.Lease;
import org.seqgan.core.queue.LeaseRecord;
import org.seqgan.core.queue.WorkQueue;
import org.seqgan.core.run.DurableFiles;

/**
 * The cells of a matrix as one process takes them, beside others, on this machine or elsewhere,
 * that take the rest. For one thread.
 */
public final class CellQueue {
  /**
   * How long a process may be silent before others go on with its cells, if nothing else is said.
   */
  public static final Duration LEASE = Duration.ofMinutes(2);

  private static final Duration LEAST_PAUSE = Duration.ofMillis(100);
  private static final Duration MOST_PAUSE = Duration.ofSeconds(10);
  private static final Duration FOLLOW = Duration.ofSeconds(1);

  /** What does not go away by itself, as a server that is away does. */
  private static final List<String> LASTING =
      List.of("No space left on device", "Disk quota exceeded", "Read-only file system");

  /** Following others takes at most this part of the time. */
  private static final int FOLLOW_SHARE = 50;

  private final MatrixDirectory directory;
  private final Duration length;
  private final WorkQueue queue;
  private final boolean followsOthers;
  private final Optional<AskedCells> asked;
  private final Map<String, Cell> open = new LinkedHashMap<>();
  private final Set<Attempt> ours = new HashSet<>();
  private final Set<Attempt> others = new HashSet<>();
  private Duration pause = Duration.ZERO;
  private long lookedAt = System.nanoTime();
  private long followedAt = System.nanoTime();
  private Duration followPause = FOLLOW;
  private Optional<Long> failingSince = Optional.empty();

  /**
   * The cells of a directory that have not ended.
   *
   * @param length for how long a lease of this process lasts without being renewed
   * @param followsOthers whether {@link #tend} tells of what others run, too
   */
  public CellQueue(MatrixDirectory directory, Duration length, boolean followsOthers) {
    this(directory, length, followsOthers, Optional.empty());
  }

  /**
   * The cells of a directory that somebody asks for; of others it is not told.
   *
   * @param length for how long a lease of this process lasts without being renewed
   */
  public CellQueue(MatrixDirectory directory, Duration length, AskedCells asked) {
    this(directory, length, false, Optional.of(asked));
  }

  private CellQueue(
      MatrixDirectory directory,
      Duration length,
      boolean followsOthers,
      Optional<AskedCells> asked) {
    directory.requireProgram();
    this.directory = directory;
    this.length = length;
    this.followsOthers = followsOthers;
    this.asked = asked;
    Map<String, Cell> cells = new LinkedHashMap<>();
    directory.plan().cells().forEach(cell -> cells.put(cell.id(), cell));
    this.queue = directory.queue(length);
    try {
      queue.freeWhatTheDeadHeld();
    } catch (IOException e) {
      throw DurableFiles.cannotRead(directory.root(), e);
    }
    queue.pending().forEach(id -> open.put(id, cells.get(id)));
  }

  /**
   * Where the log of a cell will be once it has ended; relative to the directory of the matrix
   * where somebody asks for cells, who takes them elsewhere.
   */
  Path endedLog(Cell cell) {
    Path log = directory.folder(cell).log();
    return asked.isPresent() ? directory.root().relativize(log) : log;
  }

  /**
   * Whether every cell has ended, and the listener has been told; never where somebody asks for
   * cells, who may ask once more.
   */
  public boolean isOver() {
    return asked.isEmpty() && open.isEmpty();
  }

  /**
   * Takes a cell that nobody works on.
   *
   * @return empty where there is none at the moment
   * @throws UserException where the folder is not to be reached for longer than a lease lasts, or
   *     was taken over by another version of the program
   */
  Optional<CellAttempt> take() {
    Set<String> wanted = asked.map(this::wanted).orElseGet(open::keySet);
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    if (System.nanoTime() - lookedAt < pause.toNanos()) {
      return Optional.empty();
    }
    directory.requireProgram();
    Optional<Lease> lease = trying(() -> queue.take(wanted::contains)).flatMap(taken -> taken);
    lookedAt = System.nanoTime();
    if (lease.isEmpty()) {
      Duration longest =
          MOST_PAUSE.compareTo(length.dividedBy(4)) < 0 ? MOST_PAUSE : length.dividedBy(4);
      Duration longer = pause.isZero() ? LEAST_PAUSE : pause.multipliedBy(2);
      pause = longer.compareTo(longest) < 0 ? longer : longest;
      return Optional.empty();
    }
    pause = Duration.ZERO;
    ours.add(lease.get().attempt());
    asked.ifPresent(cells -> cells.isSeenTo(lease.get().attempt().id()));
    Cell cell = open.get(lease.get().attempt().id());
    CellFolder folder = new CellFolder(directory.root().resolve(lease.get().path()));
    try {
      folder.prepare(cell);
    } catch (UserException e) {
      giveBack(lease.get());
      throw e;
    }
    return Optional.of(new CellAttempt(cell, folder, lease.get()));
  }

  /** Of what was asked for, what has not ended. */
  private Set<String> wanted(AskedCells cells) {
    Set<String> wanted = cells.waiting();
    for (String id : wanted) {
      if (directory.plan().cells().stream().noneMatch(cell -> cell.id().equals(id))) {
        throw new UserException(
            UserException.Kind.RUN_DIRECTORY,
            "expected the id of a cell of %s, found '%s'".formatted(directory.root(), id));
      }
    }
    wanted.retainAll(open.keySet());
    return wanted;
  }

  private interface Asking<T> {
    T ask() throws IOException;
  }

  /** Servers are away now and then; not for longer than a lease lasts. */
  private <T> Optional<T> trying(Asking<T> asking) {
    try {
      T answer = asking.ask();
      failingSince = Optional.empty();
      return Optional.of(answer);
    } catch (IOException e) {
      if (isOfNoUseToRepeat(e)) {
        throw DurableFiles.cannotWrite(directory.root(), e);
      }
      long now = System.nanoTime();
      if (failingSince.isEmpty()) {
        failingSince = Optional.of(now);
      }
      if (now - failingSince.get() > length.toNanos()) {
        throw DurableFiles.cannotWrite(directory.root(), e);
      }
      return Optional.empty();
    }
  }

  /** Java tells these by their words alone; in another language they are repeated for a while. */
  private static boolean isOfNoUseToRepeat(IOException e) {
    String words = String.valueOf(e.getMessage());
    return e instanceof AccessDeniedException || LASTING.stream().anyMatch(words::contains);
  }

  /**
   * Has the summary in the folder of an attempt count, unless somebody else has the cell in hand.
   *
   * @return whether it counts; empty where nobody can tell for the moment, and it is to be tried
   *     again
   */
  Optional<Boolean> publish(CellAttempt attempt) {
    Optional<Boolean> counts = trying(attempt::publish);
    if (counts.isPresent()) {
      over(attempt.lease(), counts.get());
      if (counts.get()) {
        forgetEarlier(attempt);
      }
    }
    return counts;
  }

  /** Lets others go on with a cell, whose process writes nothing any more. */
  void giveBack(CellAttempt attempt) {
    giveBack(attempt.lease());
  }

  private void giveBack(Lease lease) {
    try {
      lease.giveBack();
    } catch (IOException e) {
      // They will notice that nobody renews it.
      pause = Duration.ZERO;
    }
    over(lease, false);
  }

  /** An attempt was lost: others go on with the cell. */
  void lost(CellAttempt attempt) {
    over(attempt.lease(), false);
  }

  private static void forgetEarlier(CellAttempt attempt) {
    try {
      EarlierAttempts.of(attempt.folder()).forgetRuns();
    } catch (IOException e) {
      // A process that does not know yet that it has lost the cell writes there, and that is all.
      return;
    }
  }

  private void over(Lease lease, boolean withResult) {
    pause = Duration.ZERO;
    ours.remove(lease.attempt());
    if (withResult) {
      open.remove(lease.attempt().id());
    }
    queue.ended(lease, withResult);
  }

  /**
   * Notices what became of the others' cells; to be called often.
   *
   * @param listener hears of cells that others ended, and of what they run
   */
  public void tend(CellListener listener) {
    trying(
        () -> {
          queue.watch();
          return true;
        });
    long now = System.nanoTime();
    if (followsOthers && now - followedAt >= followPause.toNanos()) {
      trying(
          () -> {
            queue.look();
            return true;
          });
      follow(listener);
      followedAt = System.nanoTime();
      Duration cost = Duration.ofNanos(followedAt - now).multipliedBy(FOLLOW_SHARE);
      followPause = cost.compareTo(FOLLOW) > 0 ? cost : FOLLOW;
    }
    tellEnded(listener);
  }

  private void tellEnded(CellListener listener) {
    Set<String> pending = queue.pending();
    asked.ifPresent(cells -> tellEnded(cells, listener));
    for (Iterator<Cell> cells = open.values().iterator(); cells.hasNext(); ) {
      Cell cell = cells.next();
      if (!pending.contains(cell.id())) {
        cells.remove();
        others.removeIf(attempt -> attempt.id().equals(cell.id()));
        listener.ended(directory.summary(cell));
      }
    }
  }

  /** Those that had ended before they were asked for. */
  private void tellEnded(AskedCells cells, CellListener listener) {
    Set<String> ended = cells.waiting();
    ended.removeAll(open.keySet());
    if (ended.isEmpty()) {
      return;
    }
    for (Cell cell : directory.plan().cells()) {
      if (ended.contains(cell.id())) {
        cells.isSeenTo(cell.id());
        listener.ended(directory.summary(cell));
      }
    }
  }

  private void follow(CellListener listener) {
    List<Attempt> underWay = queue.underWay();
    others.removeIf(
        attempt -> {
          boolean gone = !underWay.contains(attempt);
          if (gone && queue.pending().contains(attempt.id())) {
            listener.left(open.get(attempt.id()));
          }
          return gone;
        });
    for (Attempt attempt : underWay) {
      if (!ours.contains(attempt)) {
        follow(attempt, listener);
      }
    }
  }

  private void follow(Attempt attempt, CellListener listener) {
    Cell cell = open.get(attempt.id());
    if (cell == null) {
      return;
    }
    if (!others.contains(attempt)) {
      Optional<LeaseRecord> record = trying(() -> queue.record(attempt)).flatMap(found -> found);
      if (record.isEmpty()) {
        return; // told when its holder has written who it is
      }
      others.add(attempt);
      listener.startedBy(cell, record.get().holder().name());
    }
    Path folder = directory.root().resolve(WorkQueue.WORK).resolve(attempt.name());
    CellProgress.of(new CellFolder(folder)).ifPresent(now -> listener.progressed(cell, now));
  }
}
