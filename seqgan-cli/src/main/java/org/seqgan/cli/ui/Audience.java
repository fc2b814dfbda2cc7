package org.seqgan.cli.ui;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.seqgan.cli.http.Answer;
import org.seqgan.cli.http.EventStream;
import org.seqgan.cli.http.HttpProblem;
import org.seqgan.core.io.Json;
import org.seqgan.core.workbench.Snapshot;

/** The pages that are open and hear of changes. Thread-safe. */
final class Audience implements AutoCloseable {
  /** How many pages can be open; each has a thread of the server. */
  static final int MOST = 100;

  private static final int SIGN_OF_LIFE_SECONDS = 15;

  private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "ui-audience");
            thread.setDaemon(true);
            return thread;
          });

  private final Future<?> signsOfLife =
      clock.scheduleWithFixedDelay(
          this::giveSign, SIGN_OF_LIFE_SECONDS, SIGN_OF_LIFE_SECONDS, TimeUnit.SECONDS);

  /** Nobody yet. */
  Audience() {}

  private void giveSign() {
    streams.forEach(stream -> stream.comment("here"));
    streams.removeIf(EventStream::isClosed);
  }

  /** A page that listens. */
  Answer join() {
    streams.removeIf(EventStream::isClosed);
    if (streams.size() >= MOST) {
      throw new HttpProblem(503, "at most %d pages can be open; close some".formatted(MOST));
    }
    return new Answer.Events(
        stream -> {
          streams.add(stream);
          stream.comment("welcome");
        });
  }

  /** Tells all of them of a new version. */
  void tell(Snapshot snapshot, Set<String> changed) {
    ObjectNode news = Json.object().put("version", snapshot.version());
    changed.forEach(news.putArray("changed")::add);
    String line = Json.line(news);
    streams.forEach(stream -> stream.send("runs", line));
  }

  @Override
  public void close() {
    signsOfLife.cancel(false);
    clock.shutdownNow();
    streams.forEach(EventStream::close);
  }
}
