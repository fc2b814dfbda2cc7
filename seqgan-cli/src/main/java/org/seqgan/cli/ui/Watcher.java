package org.seqgan.cli.ui;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.seqgan.core.failure.Failure;
import org.seqgan.core.workbench.RunState;
import org.seqgan.core.workbench.RunSummary;
import org.seqgan.core.workbench.Snapshot;
import org.seqgan.core.workbench.Workbench;

/**
 * Keeps a workbench up to date on a thread of its own. The folders of runs that go on, and those in
 * which runs lie, are watched by the operating system, as many as it lets us; all of them are
 * looked at now and then besides, because folders of a network tell nothing.
 */
final class Watcher implements AutoCloseable {
  private static final int MOST_WATCHED = 500;
  private static final long SETTLE_MILLIS = 150;
  private static final long LIVE_NANOS = Duration.ofSeconds(2).toNanos();

  /** A scan may take this part of the time, but somebody waits for the next. */
  private static final int PART = 20;

  private static final long LONGEST_NANOS = Duration.ofSeconds(20).toNanos();

  private final Workbench workbench;
  private final BiConsumer<Snapshot, Set<String>> news;
  private final Consumer<String> complaints;
  private final Thread thread = new Thread(this::work, "ui-watch");
  private final WatchService service;
  private final Map<Path, WatchKey> watched = new HashMap<>();
  private final Map<WatchKey, String> runOf = new HashMap<>();
  private volatile boolean closed;

  private Watcher(
      Workbench workbench,
      WatchService service,
      BiConsumer<Snapshot, Set<String>> news,
      Consumer<String> complaints) {
    this.workbench = workbench;
    this.service = service;
    this.news = news;
    this.complaints = complaints;
    thread.setDaemon(true);
  }

  /**
   * Begins with a first scan.
   *
   * @param news hears of each new version, in order, with the ids of what is another
   * @param complaints hears what went wrong; the watching goes on
   */
  static Watcher start(
      Workbench workbench, BiConsumer<Snapshot, Set<String>> news, Consumer<String> complaints)
      throws IOException {
    Watcher watcher =
        new Watcher(workbench, FileSystems.getDefault().newWatchService(), news, complaints);
    watcher.thread.start();
    return watcher;
  }

  /** Looks at some runs at once; what has changed is told before this ends. */
  synchronized void look(Set<String> ids) {
    Snapshot before = workbench.latest();
    tell(before, workbench.look(ids));
  }

  /** Looks at everything; what has changed is told before this ends. */
  synchronized void scan() {
    Snapshot before = workbench.latest();
    tell(before, workbench.scan());
  }

  private void tell(Snapshot before, Snapshot now) {
    if (now.version() != before.version()) {
      news.accept(now, now.changedSince(before));
    }
  }

  private void work() {
    while (!closed) {
      try {
        follow();
      } catch (InterruptedException | ClosedWatchServiceException e) {
        closed = true;
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        // What is in a folder ends nothing; whatever it was is tried again.
        complaints.accept("looking at the folders: " + Failure.of(e).message());
        LockSupport.parkNanos(LONGEST_NANOS);
      }
    }
  }

  private void follow() throws InterruptedException {
    long fullDue = System.nanoTime();
    long liveDue = fullDue;
    boolean hurry = false;
    Set<String> touched = new HashSet<>();
    while (!closed) {
      long now = System.nanoTime();
      if (hurry || now - fullDue >= 0) {
        scan();
        fullDue = System.nanoTime() + pauseAfter(System.nanoTime() - now);
        liveDue = System.nanoTime() + LIVE_NANOS;
        touched.clear();
        watch();
      } else if (!touched.isEmpty() || now - liveDue >= 0) {
        touched.addAll(live());
        look(touched);
        liveDue = System.nanoTime() + LIVE_NANOS;
        touched.clear();
      }
      // After a long scan a new run waits for the next one in its turn.
      hurry =
          waitForEvents(Math.min(fullDue, liveDue), touched)
              && fullDue - System.nanoTime() <= LIVE_NANOS;
    }
  }

  private static long pauseAfter(long scanNanos) {
    return Math.min(LONGEST_NANOS, Math.max(LIVE_NANOS, PART * scanNanos));
  }

  private Set<String> live() {
    Set<String> ids = new HashSet<>();
    for (RunSummary run : workbench.latest().runs()) {
      if (run.state() == RunState.RUNNING) {
        ids.add(run.id());
      }
    }
    return ids;
  }

  /**
   * Waits until something happens or a time comes.
   *
   * @param touched gets the runs in which something happened
   * @return whether something happened beside runs
   */
  private boolean waitForEvents(long until, Set<String> touched) throws InterruptedException {
    boolean beside = false;
    long nanos = Math.max(TimeUnit.MILLISECONDS.toNanos(1), until - System.nanoTime());
    WatchKey key = service.poll(nanos, TimeUnit.NANOSECONDS);
    if (key == null) {
      return false;
    }
    // A step writes several files one after the other.
    Thread.sleep(SETTLE_MILLIS);
    for (WatchKey each = key; each != null; each = service.poll()) {
      each.pollEvents();
      String run = runOf.get(each);
      if (run == null) {
        beside = true;
      } else {
        touched.add(run);
      }
      each.reset();
    }
    return beside;
  }

  /** Watches runs that go on first, then the folders that runs lie in. */
  private void watch() {
    Map<Path, String> runs = new HashMap<>();
    Set<Path> folders = new LinkedHashSet<>(workbench.roots());
    for (RunSummary run : workbench.latest().runs()) {
      if (run.state() == RunState.RUNNING) {
        runs.put(run.directory(), run.id());
      }
    }
    for (RunSummary run : workbench.latest().runs()) {
      folders.add(run.directory().getParent());
    }
    workbench.latest().matrices().forEach(matrix -> folders.add(matrix.layout().cells()));
    Set<Path> wanted = new LinkedHashSet<>(runs.keySet());
    wanted.addAll(folders);
    for (Path folder : Set.copyOf(watched.keySet())) {
      if (!wanted.contains(folder)) {
        WatchKey gone = watched.remove(folder);
        gone.cancel();
        runOf.remove(gone);
      }
    }
    for (Path folder : wanted) {
      if (watched.size() < MOST_WATCHED && !watched.containsKey(folder)) {
        register(folder, runs.get(folder));
      }
    }
  }

  private void register(Path folder, @Nullable String run) {
    WatchEvent.Kind<?>[] kinds =
        run == null
            ? new WatchEvent.Kind<?>[] {
              StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE
            }
            : new WatchEvent.Kind<?>[] {
              StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY
            };
    try {
      WatchKey key = folder.register(service, kinds);
      watched.put(folder, key);
      if (run != null) {
        runOf.put(key, run);
      }
    } catch (IOException e) {
      // It is gone, or the system watches no more: the next scan sees what happens there.
      watched.remove(folder);
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      service.close();
    } catch (IOException e) {
      // Nobody waits for it any more.
      closed = true;
    }
  }
}
