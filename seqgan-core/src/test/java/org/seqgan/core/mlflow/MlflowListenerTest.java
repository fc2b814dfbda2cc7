package org.seqgan.core.mlflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.listener.RunEvent;
import org.seqgan.api.listener.RunEvent.Outcome;
import org.seqgan.api.listener.RunEvent.Place;
import org.seqgan.api.listener.RunListener;
import org.seqgan.api.listener.RunListenerContext;
import org.seqgan.testkit.RunListenerContract;

@DisplayName("a run told to a stand-in of an MLflow server")
class MlflowListenerTest extends RunListenerContract {
  @TempDir private Path folder;
  private final List<String> warnings = new ArrayList<>();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.ofEpochSecond(100));
  private StandIn server;

  @BeforeEach
  void serve() throws IOException {
    server = new StandIn();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Override
  protected RunListener open(RunListenerContext context) throws Exception {
    return MlflowListener.open(context, options(), InstantSource.system());
  }

  @Override
  protected List<String> writes() {
    return List.of("mlflow.json");
  }

  /** Waits longer than a busy machine takes to answer. */
  private MlflowOptions options() {
    return options(Duration.ofSeconds(30));
  }

  private MlflowOptions options(Duration timeout) {
    return new MlflowOptions(server.url() + "/", "poems & more", timeout);
  }

  private RunListener open(Map<String, String> configuration) throws Exception {
    return open(configuration, options());
  }

  private RunListener open(Map<String, String> configuration, MlflowOptions options)
      throws Exception {
    RunListenerContext context =
        new RunListenerContext(folder, "a run", configuration, warnings::add);
    return MlflowListener.open(context, options, now::get);
  }

  private static Place at(int step) {
    return new Place("adversarial", step, 10 + step);
  }

  private static RunEvent.Started started(int done) {
    return new RunEvent.Started(Map.of("adversarial", 5), at(done), done > 0);
  }

  private static RunEvent.Measured measured(int step) {
    return new RunEvent.Measured(at(step), Map.of("g-loss", 0.5), 2);
  }

  @Test
  void hasParametersFiguresWithTheirStepAndAnEnd() throws Exception {
    try (RunListener listener = open(Map.of("seed", "1"))) {
      listener.on(started(0));
      listener.on(measured(3));
      listener.on(new RunEvent.Ended(Outcome.FINISHED, ""));
    }
    assertThat(server.experiments()).containsExactly("poems & more");
    assertThat(server.all("params")).containsExactly(Map.of("key", "seed", "value", "1"));
    assertThat(server.all("metrics"))
        .containsExactly(
            Map.of("key", "g-loss", "value", 0.5, "timestamp", 100000, "step", 13),
            Map.of("key", "seconds", "value", 2.0, "timestamp", 100000, "step", 13));
    ObjectNode end = server.last("runs/update");
    assertThat(end.get("status").asText()).isEqualTo("FINISHED");
    assertThat(end.get("end_time").asLong()).isEqualTo(100_000);
    assertThat(warnings).isEmpty();
  }

  @Test
  void goesOnAsTheSameRun() throws Exception {
    try (RunListener listener = open(Map.of("seed", "1"))) {
      listener.on(started(0));
      listener.on(new RunEvent.Ended(Outcome.INTERRUPTED, ""));
    }
    assertThat(server.last("runs/update").get("status").asText()).isEqualTo("KILLED");
    try (RunListener listener = open(Map.of("seed", "2"))) {
      listener.on(started(2));
      listener.on(new RunEvent.Ended(Outcome.FAILED, "the disk is full"));
    }
    assertThat(server.count("runs/create")).isEqualTo(1);
    assertThat(server.all("params")).as("MLflow refuses to change one").hasSize(1);
    assertThat(server.all("tags"))
        .contains(
            Map.of("key", "seqgan.resumed-after-step", "value", "12"),
            Map.of("key", "seqgan.failure", "value", "the disk is full"));
    assertThat(server.last("runs/update").get("status").asText()).isEqualTo("FAILED");
  }

  @Test
  void takesTheExperimentThatAnotherMadeInTheMeantime() throws Exception {
    server.takeExperiments();
    open(Map.of()).close();
    assertThat(server.last("runs/create").get("experiment_id").asText()).isEqualTo("0");
    assertThat(server.experiments()).hasSize(1);
  }

  @Test
  void hasItsParametersBeforeTheRunIsKnownAsTold() {
    server.answer("runs/log-batch", 503, "down");
    assertThatThrownBy(() -> open(Map.of("seed", "1"))).hasMessageContaining("status 503");
    assertThat(folder.resolve("mlflow.json")).doesNotExist();
  }

  @Test
  void saysOnceThatATextIsCut() throws Exception {
    try (RunListener listener = open(Map.of())) {
      listener.on(started(0));
      for (int step = 1; step <= 3; step++) {
        listener.on(new RunEvent.Sampled(at(step), List.of("x".repeat(6000))));
      }
    }
    assertThat(warnings).containsExactly("cut to the length that MLflow takes: seqgan.samples");
  }

  @Test
  void beginsAnewWhereTheServerForgotTheRun() throws Exception {
    open(Map.of()).close();
    server.answer("runs/update", 404, "{\"error_code\": \"RESOURCE_DOES_NOT_EXIST\"}");
    open(Map.of()).close();
    assertThat(server.count("runs/create")).isEqualTo(2);
    assertThat(warnings).hasSize(1).first().asString().contains("a new run is made there");
  }

  @Test
  void keepsTheLimitsOfARequestAndSaysWhatWasCut() throws Exception {
    Map<String, String> many = new LinkedHashMap<>();
    for (int i = 0; i < 120; i++) {
      many.put("option-" + i, "x");
    }
    many.put("long", "\u00e4".repeat(5000));
    Map<String, Double> figures = new LinkedHashMap<>();
    for (int i = 0; i < 1700; i++) {
      figures.put("figure-" + i, Double.NaN);
    }
    try (RunListener listener = open(many)) {
      listener.on(started(0));
      listener.on(new RunEvent.Measured(at(1), figures, 1));
    }
    for (ObjectNode batch : server.sent("runs/log-batch")) {
      assertThat(batch.get("params")).hasSizeLessThanOrEqualTo(100);
      assertThat(batch.get("metrics")).hasSizeLessThanOrEqualTo(800);
      for (JsonNode parameter : batch.get("params")) {
        assertThat(parameter.get("value").asText().getBytes(UTF_8)).hasSizeLessThanOrEqualTo(6000);
      }
    }
    assertThat(server.all("params")).hasSize(121);
    assertThat(server.all("metrics")).hasSize(1701);
    assertThat(warnings).containsExactly("cut to the length that MLflow takes: long");
  }

  @Test
  void getsWhatItMissedWhileItWasAway() throws Exception {
    try (RunListener listener = open(Map.of())) {
      listener.on(started(0));
      server.answer("runs/log-batch", 503, "down");
      listener.on(measured(1));
      listener.on(measured(2)); // not tried again so soon
      assertThat(warnings)
          .containsExactly(
              "the MLflow server answers runs/log-batch with status 503: down; what it misses is sent again every 30 s");
      server.answerWell("runs/log-batch");
      now.set(now.get().plusSeconds(31));
      listener.on(measured(3));
    }
    assertThat(server.all("metrics").stream().map(metric -> metric.get("step")).distinct())
        .containsExactly(11, 12, 13);
  }

  @Test
  void endsTheListenerWhereItRefusesOrIsSlowOrAway() throws Exception {
    RunListener listener = open(Map.of());
    server.answer("runs/log-batch", 400, "{\"message\":\n \"bad key\"}");
    assertThatThrownBy(() -> listener.on(started(0)))
        .hasMessageContaining("runs/log-batch with status 400: {\"message\":")
        .hasMessageContaining("bad key")
        .satisfies(thrown -> assertThat(thrown.getMessage().lines()).hasSize(1));
    server.stall("runs/create");
    Files.delete(folder.resolve("mlflow.json"));
    assertThatThrownBy(() -> open(Map.of(), options(Duration.ofSeconds(1))))
        .hasMessageContaining("does not answer: ");
    server.close();
    assertThatThrownBy(() -> open(Map.of())).hasMessageContaining(server.url());
  }

  @Test
  void hasAnAddress() {
    for (String wrong :
        List.of("localhost:5000", "file:///x", "http://me:secret@host", "http://")) {
      assertThatThrownBy(() -> new MlflowOptions(wrong, "e", Duration.ofSeconds(1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("url: expected an address");
    }
  }
}
