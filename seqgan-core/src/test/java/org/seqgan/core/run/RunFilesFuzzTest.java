package org.seqgan.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.metric.Better;
import org.seqgan.api.task.Tune;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.Shown;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.event.WarningKind;
import org.seqgan.core.report.run.RunReport;
import org.seqgan.testkit.FileInput;
import org.seqgan.testkit.ReaderContract;

/** The files of a run that somebody sent, but for its configuration, and the report of the run. */
public final class RunFilesFuzzTest extends ReaderContract {
  private static final String STATUS = "status.json";
  private static final String METRICS = "metrics.jsonl";
  private static final String TUNES = "adversarial-000002.tunes.json";
  private static final Position POSITION = new Position(Phase.ADVERSARIAL, 2);
  private static final List<Shown> SHOWN =
      List.of(
          new Shown(
              "C D",
              Optional.of(
                  new Tune(List.of(new Tune.Note(60, 0, 0.5), new Tune.Note(62, 0.5, 0.25))))));

  @Override
  protected void read(byte[] input, Path scratch) throws IOException {
    FileInput file = FileInput.parse(input);
    RunLayout layout = new RunLayout(scratch.resolve("run"));
    if (!Files.exists(layout.checkpoints())) {
      write(layout);
    }
    Path folder =
        switch (file.name()) {
          case STATUS, METRICS -> layout.root();
          case TUNES -> layout.samples();
          case Manifest.FILE -> layout.checkpoints().resolve(POSITION.label());
          default -> throw file.unexpected();
        };
    byte[] whole = Files.readAllBytes(folder.resolve(file.name()));
    try {
      Path damaged = file.writeTo(folder);
      switch (file.name()) {
        case STATUS -> status(damaged);
        case METRICS -> metrics(damaged);
        case TUNES -> tunes(damaged);
        default -> checkpoint(layout);
      }
      RunReport.render(RunContents.read(layout));
    } finally {
      Files.write(folder.resolve(file.name()), whole);
    }
  }

  private static void write(RunLayout layout) throws IOException {
    Files.createDirectories(layout.root());
    DurableFiles.replace(layout.status(), exampleStatus().toJson());
    DurableFiles.replace(layout.config(), "seed = 1\n");
    writeMetrics(layout.metrics());
    new SampleFolder(layout.samples())
        .write(new TrainingEvent.Sampled(POSITION.phase(), POSITION.step(), SHOWN));
    NamedArrays arrays =
        new NamedArrays(Map.of("w", new FloatArray(new int[] {2}, new float[] {1, 2})));
    new CheckpointStore(layout.checkpoints(), 1)
        .save(
            new Checkpoint(
                POSITION.phase(),
                POSITION.step(),
                Map.of("generator", arrays),
                Map.of("draws", "3")));
  }

  private static void status(Path file) throws IOException {
    RunStatus status = RunStatus.read(file);
    Files.writeString(file, status.toJson());
    assertThat(readAgain(() -> RunStatus.read(file))).isEqualTo(status);
  }

  private static void metrics(Path file) throws IOException {
    MetricsHistory history = MetricsHistory.read(file);
    Path copy = file.resolveSibling("copy.jsonl");
    Files.deleteIfExists(copy);
    try (MetricsLog log = MetricsLog.open(copy)) {
      for (MetricsHistory.Row row : history.rows()) {
        Position position = row.position();
        log.append(
            new TrainingEvent.Measured(
                position.phase(), position.step(), row.values(), row.seconds()),
            row.time());
      }
    }
    assertThat(readAgain(() -> MetricsHistory.read(copy))).isEqualTo(history);
    MetricsLog.open(file).close();
    readAgain(() -> MetricsHistory.read(file));
  }

  private static void tunes(Path file) {
    TuneFile tunes = new TuneFile(file);
    List<Shown> shown = tunes.read();
    tunes.write(shown);
    if (shown.stream().anyMatch(sequence -> sequence.tune().isPresent())) {
      assertThat(readAgain(tunes::read)).isEqualTo(shown);
    }
  }

  private static void checkpoint(RunLayout layout) {
    CheckpointStore store = new CheckpointStore(layout.checkpoints(), 1);
    store.latest();
    store.load(POSITION.label());
  }

  @Override
  protected List<byte[]> examples() throws IOException {
    Path folder = Files.createTempDirectory("example");
    try {
      RunLayout layout = new RunLayout(folder.resolve("run"));
      write(layout);
      Path manifest = layout.checkpoints().resolve(POSITION.label()).resolve(Manifest.FILE);
      return List.of(
          FileInput.of(STATUS, Files.readString(layout.status())),
          FileInput.of(METRICS, Files.readString(layout.metrics())),
          FileInput.of(TUNES, Files.readString(layout.samples().resolve(TUNES))),
          FileInput.of(Manifest.FILE, Files.readString(manifest)));
    } finally {
      DurableFiles.delete(folder);
    }
  }

  private static RunStatus exampleStatus() {
    return new RunStatus(
        RunStatus.State.FAILED,
        Optional.of("a reason"),
        POSITION,
        0.25,
        Map.of(Phase.GENERATOR_PRETRAINING, 3, Phase.ADVERSARIAL, 7),
        Instant.EPOCH,
        Instant.ofEpochSecond(1, 500_000_000),
        4711,
        new RunDescription(
            "0", List.of(new MetricNote("nll-oracle", Better.LOWER, "in nats")), List.of("seed 1")),
        List.of(
            new RunStatus.Warning(
                POSITION, POSITION, Optional.of(WarningKind.COLLAPSE), "look at it", 1, false)));
  }

  private static void writeMetrics(Path file) {
    try (MetricsLog log = MetricsLog.open(file)) {
      log.append(
          new TrainingEvent.Measured(Phase.ADVERSARIAL, 1, Map.of("nll-gen", 4.5), 0.5),
          Instant.EPOCH);
      log.append(
          new TrainingEvent.Measured(Phase.ADVERSARIAL, 2, Map.of("nll-gen", Double.NaN), 0.5),
          Instant.EPOCH);
    }
  }

  @Override
  protected List<String> words() {
    return List.of(
        ("status.json\n metrics.jsonl\n tunes.json\n manifest.json\n \"NaN\" \"Infinity\" null true -1"
                + " 1e999 2147483648 [] {} [[]] \\u0000 \\u0085 \"step\" \"phase\" \"adversarial\""
                + " \"../../x\" \"file\"")
            .split(" "));
  }
}
