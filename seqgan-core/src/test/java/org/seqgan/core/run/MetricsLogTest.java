package org.seqgan.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.UserException;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.TrainingEvent;

/** {@link MetricsLog} and its reader, {@link MetricsHistory}. */
class MetricsLogTest {
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

  private Path file = Path.of("");

  @BeforeEach
  void chooseFile(@TempDir Path folder) {
    file = folder.resolve("metrics.jsonl");
  }

  private static TrainingEvent.Measured measured(Phase phase, int step, double value) {
    return new TrainingEvent.Measured(phase, step, Map.of("nll-oracle", value), 1.5);
  }

  private void write(TrainingEvent.Measured... events) {
    try (MetricsLog log = MetricsLog.open(file)) {
      for (TrainingEvent.Measured event : events) {
        log.append(event, TIME);
      }
    }
  }

  @Test
  void writesAnObjectALineWithKeysInAFixedOrder() throws IOException {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("nll-oracle", 8.736);
    values.put("g-loss", 1e-7);
    values.put("a", 3.0);
    write(new TrainingEvent.Measured(Phase.ADVERSARIAL, 12, values, 1.5));
    assertThat(Files.readString(file))
        .isEqualTo(
            "{\"phase\":\"adversarial\",\"step\":12,\"seconds\":1.5,"
                + "\"time\":\"2026-01-02T03:04:05.678Z\","
                + "\"nll-oracle\":8.736,\"g-loss\":1.0E-7,\"a\":3.0}\n");
  }

  @Test
  void readsBackEveryDigit() {
    double value = Math.nextUp(8.736);
    write(measured(Phase.ADVERSARIAL, 1, value));
    assertThat(MetricsHistory.read(file).series("nll-oracle"))
        .containsExactly(new MetricsHistory.Point(new Position(Phase.ADVERSARIAL, 1), value));
  }

  @Test
  void readsBackNanAndInfinities() {
    write(
        measured(Phase.ADVERSARIAL, 1, Double.NaN),
        measured(Phase.ADVERSARIAL, 2, Double.POSITIVE_INFINITY),
        measured(Phase.ADVERSARIAL, 3, Double.NEGATIVE_INFINITY));
    assertThat(MetricsHistory.read(file).series("nll-oracle"))
        .extracting(MetricsHistory.Point::value)
        .containsExactly(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
  }

  @Test
  void linesOfEqualRunsAreEqualWithoutTheirTimes() throws IOException {
    write(measured(Phase.ADVERSARIAL, 1, 0.1));
    String line = Files.readString(file).strip();
    String later = line.replace("1.5", "2.75").replace("03:04:05", "11:12:13");
    assertThat(later).isNotEqualTo(line);
    assertThat(MetricsLog.withoutTimes(line))
        .isEqualTo(MetricsLog.withoutTimes(later))
        .isEqualTo("{\"phase\":\"adversarial\",\"step\":1,\"nll-oracle\":0.1}");
    assertThat(MetricsLog.withoutTimes(line.replace("0.1", "0.2")))
        .isNotEqualTo(MetricsLog.withoutTimes(line));
  }

  @Test
  void dropsALastLineThatAKillTore() throws IOException {
    write(measured(Phase.ADVERSARIAL, 1, 0.1), measured(Phase.ADVERSARIAL, 2, 0.2));
    String whole = Files.readString(file);
    Files.writeString(file, whole.substring(0, whole.length() - 5));
    assertThat(MetricsHistory.read(file).rows()).hasSize(1);
    write(measured(Phase.ADVERSARIAL, 2, 0.3));
    assertThat(MetricsHistory.read(file).series("nll-oracle"))
        .extracting(MetricsHistory.Point::value)
        .containsExactly(0.1, 0.3);
  }

  private List<Double> nll() {
    return MetricsHistory.read(file).series("nll-oracle").stream()
        .map(MetricsHistory.Point::value)
        .toList();
  }

  @Test
  void setsAsideWhatLiesAfterAStep() throws IOException {
    write(
        measured(Phase.GENERATOR_PRETRAINING, 120, 0.1),
        measured(Phase.ADVERSARIAL, 1, 0.2),
        measured(Phase.ADVERSARIAL, 2, 0.3));
    String last = Files.readAllLines(file).get(2);
    Position kept = new Position(Phase.ADVERSARIAL, 1);
    Path aside = file.resolveSibling("aside").resolve("metrics.jsonl");
    try (MetricsLog log = MetricsLog.open(file)) {
      log.setAside(position -> position.compareTo(kept) <= 0, kept, Set.of(), aside);
      log.append(measured(Phase.ADVERSARIAL, 2, 0.4), TIME);
    }
    assertThat(nll()).containsExactly(0.1, 0.2, 0.4);
    assertThat(Files.readAllLines(aside)).containsExactly(last);
  }

  @Test
  void takesTheScoresOutOfALineAndSetsTheWholeLineAside() throws IOException {
    Map<String, Double> values = Map.of("g-loss", 0.5, "nll-oracle", 0.25);
    write(
        measured(Phase.ADVERSARIAL, 1, 0.2),
        new TrainingEvent.Measured(Phase.ADVERSARIAL, 2, values, 1.5));
    String last = Files.readAllLines(file).get(1);
    Path aside = file.resolveSibling("aside.jsonl");
    try (MetricsLog log = MetricsLog.open(file)) {
      log.setAside(
          position -> true, new Position(Phase.ADVERSARIAL, 2), Set.of("nll-oracle"), aside);
    }
    assertThat(nll()).containsExactly(0.2);
    assertThat(MetricsHistory.read(file).series("g-loss")).hasSize(1);
    assertThat(Files.readAllLines(aside)).containsExactly(last);
  }

  @Test
  void changesNothingWhereAllStays() throws IOException {
    write(measured(Phase.ADVERSARIAL, 1, 0.2));
    String before = Files.readString(file);
    Path aside = file.resolveSibling("aside.jsonl");
    try (MetricsLog log = MetricsLog.open(file)) {
      log.setAside(
          position -> true, new Position(Phase.ADVERSARIAL, 1), Set.of("distinct-2"), aside);
    }
    assertThat(file).hasContent(before);
    assertThat(aside).doesNotExist();
  }

  @Test
  void refusesAMetricNamedAsAColumn() {
    try (MetricsLog log = MetricsLog.open(file)) {
      TrainingEvent.Measured event =
          new TrainingEvent.Measured(Phase.ADVERSARIAL, 1, Map.of("time", 1.0), 1);
      assertThatThrownBy(() -> log.append(event, TIME)).hasMessageContaining("'time'");
    }
  }

  @Test
  void namesTheLineThatIsMalformed() throws IOException {
    write(measured(Phase.ADVERSARIAL, 1, 0.1));
    Files.writeString(file, Files.readString(file) + "{\"phase\":\"adversarial\"}\n");
    assertThatThrownBy(() -> MetricsHistory.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("line 2: key 'step' is missing");
  }

  @Test
  void aLogThatIsNotThereIsEmpty() {
    MetricsHistory history = MetricsHistory.read(file);
    assertThat(history.rows()).isEqualTo(List.of());
    assertThat(history.names()).isEmpty();
  }
}
