package org.seqgan.core.tensorboard;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.seqgan.api.listener.RunEvent;
import org.seqgan.api.listener.RunEvent.Outcome;
import org.seqgan.api.listener.RunListener;
import org.seqgan.api.listener.RunListenerContext;
import org.seqgan.core.run.RunLayout;

/**
 * Writes an event file into the run's folder {@code tensorboard}: the configuration as
 * hyper-parameters, figures as scalars over all steps of the run, samples as texts. A run that goes
 * on writes a further file, which takes the place of what the earlier ones say of later steps.
 */
final class TensorBoardListener implements RunListener {
  private static final String PREFIX = "events.out.tfevents.";

  private final RunListenerContext context;
  private final TensorBoardOptions options;
  private final InstantSource clock;
  private final boolean hasEarlier;
  private final RecordWriter file;

  TensorBoardListener(RunListenerContext context, TensorBoardOptions options, InstantSource clock)
      throws IOException {
    this.context = context;
    this.options = options;
    this.clock = clock;
    Path folder = Files.createDirectories(new RunLayout(context.folder()).tensorBoard());
    this.hasEarlier = holdsEventFile(folder);
    this.file = create(folder, clock.instant());
    write(Events.version(now()));
  }

  private static boolean holdsEventFile(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(each -> each.getFileName().toString().startsWith(PREFIX));
    }
  }

  /** TensorBoard reads the files of a folder in the order of their names. */
  private static RecordWriter create(Path folder, Instant time) throws IOException {
    for (int number = 0; ; number++) {
      String name = PREFIX + "%010d.seqgan.%04d".formatted(time.getEpochSecond(), number);
      try {
        return new RecordWriter(folder.resolve(name));
      } catch (FileAlreadyExistsException e) {
        // Of an earlier process of the same second; the next number comes after it.
      }
    }
  }

  @Override
  public void on(RunEvent event) throws IOException {
    if (event instanceof RunEvent.Started started) {
      // A run that was stopped before its first checkpoint begins anew, with files of its own
      // before.
      if (started.resumed()) {
        write(Events.goesOn(now(), started.at().overall() + 1));
      } else if (hasEarlier) {
        write(Events.goesOn(now(), 0));
      }
      write(Events.started(now(), context.configuration()));
    } else if (event instanceof RunEvent.Measured measured) {
      Map<String, Double> values = new LinkedHashMap<>(measured.values());
      values.put("seconds", measured.seconds());
      write(Events.scalars(now(), measured.at().overall(), values));
    } else if (event instanceof RunEvent.Sampled sampled) {
      sampled(sampled.at().overall(), sampled.texts());
    } else if (event instanceof RunEvent.Warned warned) {
      String text = warned.kind() + (warned.over() ? " is over: " : ": ") + warned.message();
      write(
          Events.texts(now(), warned.at().overall(), "warnings", List.of(Markdown.verbatim(text))));
    } else if (event instanceof RunEvent.Ended ended && ended.outcome() != Outcome.INTERRUPTED) {
      // TensorBoard keeps the first end that it reads, and a run that was stopped may go on.
      write(Events.ended(now(), ended.outcome()));
    }
  }

  private void sampled(long step, List<String> texts) throws IOException {
    List<String> shown = texts.stream().limit(options.samples()).map(Markdown::verbatim).toList();
    if (!shown.isEmpty()) {
      write(Events.texts(now(), step, "samples", shown));
    }
  }

  private void write(Message event) throws IOException {
    file.write(event.toByteArray());
  }

  private double now() {
    return clock.millis() / 1e3;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
