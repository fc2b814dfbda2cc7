package org.seqgan.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.UserException;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.TrainingEvent;

/** {@link MetricColumn}: what {@link MetricsHistory} reads, of one metric. */
class MetricColumnTest {
  @TempDir private Path folder;

  private Path log(String text) throws IOException {
    return Files.writeString(folder.resolve("metrics.jsonl"), text);
  }

  @Test
  void readsWhatTheLogWrites() {
    Path file = folder.resolve("metrics.jsonl");
    RandomStream random = RandomStream.of(3);
    List<Double> special =
        List.of(
            Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0.0, -1e-300, 3e200);
    try (MetricsLog log = MetricsLog.open(file)) {
      for (int step = 0; step < 200; step++) {
        Phase phase = step < 50 ? Phase.GENERATOR_PRETRAINING : new Phase(3, "mediator");
        double value = step < 6 ? special.get(step) : random.nextInt(1000) / 7.0;
        Map<String, Double> values =
            step % 3 == 2
                ? Map.of("other \"quoted\"", value)
                : Map.of("g-loss", value, "other \"quoted\"", -value, "g", 5.0);
        log.append(
            new TrainingEvent.Measured(phase, step, values, 0.5),
            Instant.parse("2026-01-02T03:04:05Z"));
      }
    }
    MetricsHistory history = MetricsHistory.read(file);
    for (String name : List.of("g-loss", "g", "other \"quoted\"", "none", "loss", "seconds-not")) {
      MetricColumn column = MetricColumn.read(file, name);
      assertThat(column.points()).as(name).isEqualTo(history.series(name));
      assertThat(column.reached()).isEqualTo(new Position(new Phase(3, "mediator"), 199));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ \"step\": 3, \"g-loss\" : 0.5, \"phase\": \"adversarial\", \"seconds\": 1, \"time\": \"2026-01-02T03:04:05Z\" }",
        "{\"phase\":\"adversarial\",\"step\":3,\"seconds\":1,\"time\":\"2026-01-02T03:04:05Z\", \"g-loss\":5e-1}"
      })
  void readsWhatSomebodyElseWrote(String line) throws IOException {
    Path file = log(line + "\n");
    assertThat(MetricColumn.read(file, "g-loss").points())
        .isEqualTo(MetricsHistory.read(file).series("g-loss"))
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"phase\":\"none\",\"step\":3}",
        "{\"phase\":\"adversarial\",\"step\":-3,\"g-loss\":1}",
        "{\"phase\":\"adversarial\",\"step\":3,\"seconds\":1,\"g-loss\":\"big\"}",
        "{\"phase\":\"adversarial\",\"step\":3,\"seconds\":1,\"g-loss\":\"}",
        "{\"phase\":\"adversarial\",\"step\":3,\"seconds\":1,\"g-loss\":[1]}",
        "{\"phase\":\"adversarial\",\"step\":3,\"seconds\":1,\"g-loss\":1-2}",
        "{\"phase\":\"adversarial\",\"step\":3"
      })
  void refusesAnotherLineAndNamesIt(String line) throws IOException {
    Path file =
        log(
            "{\"phase\":\"adversarial\",\"step\":2,\"seconds\":1,\"time\":\"2026-01-02T03:04:05Z\"}\n"
                + line
                + "\n");
    assertThatThrownBy(() -> MetricColumn.read(file, "g-loss"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("metrics.jsonl, line 2");
  }
}
