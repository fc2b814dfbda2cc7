package org.seqgan.core.mlflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.seqgan.api.listener.RunEvent;
import org.seqgan.api.listener.RunEvent.Outcome;
import org.seqgan.api.listener.RunListener;
import org.seqgan.api.listener.RunListenerContext;
import org.seqgan.core.io.Json;
import org.seqgan.core.run.DurableFiles;
import org.seqgan.core.run.RunLayout;

/**
 * Tells an MLflow tracking server of a run: the configuration as parameters, figures with the step
 * of the whole run, samples and warnings as tags, the end. Which run of the server it is stands in
 * the run's folder, so that a run that goes on goes on there.
 *
 * <p>A server must be there when the run begins. One that is away for a while later gets what it
 * missed; one that refuses something ends this.
 */
final class MlflowListener implements RunListener {
  private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(30);
  private static final String URL = "url";
  private static final String EXPERIMENT = "experiment";
  private static final String RUN_ID = "run-id";

  private final RunListenerContext context;
  private final InstantSource clock;
  private final MlflowClient client;
  private final String run;
  private final Backlog backlog = new Backlog();
  private Optional<Instant> awaySince = Optional.empty();

  private MlflowListener(
      RunListenerContext context,
      InstantSource clock,
      MlflowClient client,
      String run,
      boolean goesOn) {
    this.context = context;
    this.clock = clock;
    this.client = client;
    this.run = run;
    if (!goesOn) {
      context.configuration().forEach(backlog::parameter);
    }
  }

  static MlflowListener open(RunListenerContext context, MlflowOptions options, InstantSource clock)
      throws IOException, InterruptedException {
    MlflowClient client = new MlflowClient(options);
    Path file = new RunLayout(context.folder()).mlflow();
    Optional<String> earlier = earlier(file, options);
    if (earlier.isPresent() && goesOn(client, earlier.get(), context)) {
      return new MlflowListener(context, clock, client, earlier.get(), true);
    }
    String run =
        client.createRun(client.experiment(options.experiment()), context.name(), clock.millis());
    ObjectNode known =
        Json.object()
            .put(URL, options.url())
            .put(EXPERIMENT, options.experiment())
            .put(RUN_ID, run);
    MlflowListener listener = new MlflowListener(context, clock, client, run, false);
    // All parameters, before the file says that the server has the run: they are sent this once.
    listener.deliver();
    DurableFiles.replace(file, Json.pretty(known));
    return listener;
  }

  /** The run that an earlier process told the same server of. */
  private static Optional<String> earlier(Path file, MlflowOptions options) throws IOException {
    try {
      ObjectNode known = Json.parse(Files.readString(file));
      boolean same =
          known.path(URL).asText().equals(options.url())
              && known.path(EXPERIMENT).asText().equals(options.experiment());
      return Optional.of(known.path(RUN_ID).asText()).filter(id -> same && !id.isEmpty());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "%s is damaged: %s; delete it to begin a new run there".formatted(file, e.getMessage()),
          e);
    }
  }

  private static boolean goesOn(MlflowClient client, String run, RunListenerContext context)
      throws IOException, InterruptedException {
    try {
      client.goOn(run);
      return true;
    } catch (RefusedException e) {
      context.warn(
          "a new run is made there, the earlier one %s is not to be had: %s"
              .formatted(run, e.getMessage()));
      return false;
    }
  }

  @Override
  public void on(RunEvent event) throws IOException, InterruptedException {
    if (event instanceof RunEvent.Started started) {
      backlog.tag("seqgan.folder", context.folder().toString());
      if (started.resumed()) {
        backlog.tag("seqgan.resumed-after-step", Long.toString(started.at().overall()));
      }
    } else if (event instanceof RunEvent.Measured measured) {
      long time = clock.millis();
      long step = measured.at().overall();
      measured.values().forEach((name, value) -> backlog.metric(name, value, step, time));
      backlog.metric("seconds", measured.seconds(), step, time);
    } else if (event instanceof RunEvent.Sampled sampled) {
      backlog.tag("seqgan.samples", String.join("\n", sampled.texts()));
    } else if (event instanceof RunEvent.Warned warned) {
      String text = (warned.over() ? "over: " : "") + warned.message();
      backlog.tag("seqgan.warning." + warned.kind(), text);
    }
    if (event instanceof RunEvent.Ended ended) {
      end(ended);
    } else {
      deliverUnlessAway();
    }
  }

  private void end(RunEvent.Ended ended) throws IOException, InterruptedException {
    if (ended.outcome() == Outcome.FAILED) {
      backlog.tag("seqgan.failure", ended.message());
    }
    try {
      deliver();
      client.end(run, status(ended.outcome()), clock.millis());
    } catch (IOException e) {
      throw new IOException(
          "%s; the server lacks the end of the run%s"
              .formatted(
                  e.getMessage(),
                  backlog.metrics() == 0
                      ? ""
                      : " and the last %,d figures".formatted(backlog.metrics())),
          e);
    }
  }

  private static String status(Outcome outcome) {
    return switch (outcome) {
      case FINISHED -> "FINISHED";
      case INTERRUPTED -> "KILLED";
      case FAILED -> "FAILED";
    };
  }

  private void deliverUnlessAway() throws IOException, InterruptedException {
    Instant now = clock.instant();
    if (awaySince.filter(since -> now.isBefore(since.plus(BEFORE_NEXT_TRY))).isPresent()) {
      return;
    }
    try {
      deliver();
    } catch (RefusedException e) {
      throw e;
    } catch (IOException e) {
      if (awaySince.isEmpty()) {
        context.warn(
            "%s; what it misses is sent again every %d s"
                .formatted(e.getMessage(), BEFORE_NEXT_TRY.toSeconds()));
      }
      awaySince = Optional.of(clock.instant());
    }
  }

  private void deliver() throws IOException, InterruptedException {
    List<String> cut = backlog.takeCut();
    if (!cut.isEmpty()) {
      context.warn("cut to the length that MLflow takes: " + String.join(", ", cut));
    }
    while (!backlog.isEmpty()) {
      client.logBatch(backlog.next(run));
      backlog.delivered();
    }
    awaySince = Optional.empty();
  }

  @Override
  public void close() {
    if (backlog.lost() > 0) {
      context.warn("%,d figures were lost while the server was away".formatted(backlog.lost()));
    }
  }
}
