package org.seqgan.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.Shown;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.event.WarningKind;

/** {@link JsonLines}. */
class JsonLinesTest {
  private static final String TIME = "\"time\":\"2026-01-02T03:04:05Z\"";

  private final StringWriter written = new StringWriter();
  private final JsonLines listener =
      new JsonLines(new PrintWriter(written), () -> Instant.parse("2026-01-02T03:04:05Z"));

  private String line(TrainingEvent event) {
    written.getBuffer().setLength(0);
    listener.on(event);
    return written.toString();
  }

  @Test
  void writesALinePerEvent() {
    assertThat(
            line(new TrainingEvent.Started(Map.of(Phase.ADVERSARIAL, 200), Phase.ADVERSARIAL, 3)))
        .isEqualTo(
            "{\"event\":\"started\","
                + TIME
                + ",\"phase\":\"adversarial\",\"step\":3,\"plan\":{\"adversarial\":200}}\n");
    assertThat(line(new TrainingEvent.Progress(Phase.ADVERSARIAL, 4, 0.5, Map.of("g-loss", 1.25))))
        .isEqualTo(
            "{\"event\":\"progress\","
                + TIME
                + ",\"phase\":\"adversarial\",\"step\":4,\"fraction\":0.5,"
                + "\"loss\":{\"g-loss\":1.25}}\n");
    assertThat(
            line(
                new TrainingEvent.Measured(Phase.ADVERSARIAL, 4, Map.of("nll-gen", Double.NaN), 2)))
        .isEqualTo(
            "{\"event\":\"measured\","
                + TIME
                + ",\"phase\":\"adversarial\",\"step\":4,\"seconds\":2.0,"
                + "\"values\":{\"nll-gen\":\"NaN\"}}\n");
    assertThat(line(new TrainingEvent.Finished()))
        .isEqualTo("{\"event\":\"finished\"," + TIME + "}\n");
  }

  @Test
  void staysOnOneLineWhateverTheTextSays() throws Exception {
    String text = "a \"b\"\n\u001b \u2028";
    for (TrainingEvent event :
        List.of(
            TrainingEvent.Warned.of(Phase.ADVERSARIAL, 1, WarningKind.COLLAPSE, text),
            new TrainingEvent.Sampled(
                Phase.ADVERSARIAL, 1, List.of(new Shown(text, Optional.empty()))),
            new TrainingEvent.StepFinished(Phase.ADVERSARIAL, 1))) {
      String line = line(event);
      assertThat(line.chars().filter(Character::isISOControl)).hasSize(1);
      assertThat(new JsonMapper().readTree(line).get("step").intValue()).isEqualTo(1);
    }
    assertThat(
            new JsonMapper()
                .readTree(
                    line(TrainingEvent.Warned.of(Phase.ADVERSARIAL, 1, WarningKind.COLLAPSE, text)))
                .get("message")
                .textValue())
        .isEqualTo(text);
  }
}
