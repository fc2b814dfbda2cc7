package org.seqgan.core.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.listener.RunEvent;
import org.seqgan.api.listener.RunEvent.Outcome;
import org.seqgan.api.listener.RunListener;
import org.seqgan.api.listener.RunListenerContext;
import org.seqgan.api.listener.RunListenerProvider;
import org.seqgan.api.plugin.About;
import org.seqgan.core.config.PluginChoice;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.TrainingEvent;

@DisplayName("listeners to a run")
@Timeout(60)
class RunListenersTest {
  private final List<String> warnings = new ArrayList<>();
  private final Map<Phase, Integer> plan = new LinkedHashMap<>();

  @BeforeEach
  void plan() {
    plan.put(Phase.GENERATOR_PRETRAINING, 10);
    plan.put(Phase.DISCRIMINATOR_PRETRAINING, 0);
    plan.put(Phase.ADVERSARIAL, 5000);
  }

  /** No options. */
  record Options() {}

  /** A part of a listener that a test gives. */
  @FunctionalInterface
  interface Part<T> {
    void on(T value) throws Exception;
  }

  /** A listener of three parts. */
  private record Odd(
      String name, Part<RunListenerContext> opening, Part<RunEvent> hearing, Part<String> closing)
      implements RunListenerProvider<Options> {
    @Override
    public About<Options> about() {
      return new About<>(name, "made by a test", Options.class, ApiVersion.CURRENT);
    }

    @Override
    public RunListener open(RunListenerContext context, Options options) throws Exception {
      opening.on(context);
      return new RunListener() {
        @Override
        public void on(RunEvent event) throws Exception {
          hearing.on(event);
        }

        @Override
        public void close() throws Exception {
          closing.on("");
        }
      };
    }
  }

  /** What a well-behaved one hears. */
  private static final class Heard {
    private final List<RunEvent> events = Collections.synchronizedList(new ArrayList<>());
    private final List<String> closed = Collections.synchronizedList(new ArrayList<>());

    Odd provider() {
      return new Odd("good", context -> {}, events::add, closed::add);
    }
  }

  private RunListeners listeners(RunListenerProvider<?>... providers) {
    List<PluginChoice<RunListenerProvider<?>>> chosen = new ArrayList<>();
    Arrays.stream(providers)
        .forEach(provider -> chosen.add(new PluginChoice<>(provider, new Options())));
    return new RunListeners(chosen, Path.of("run"), "run", Map.of("seed", "1"), warnings::add);
  }

  private TrainingEvent.Started from(Phase phase, int step) {
    return new TrainingEvent.Started(plan, phase, step);
  }

  private static TrainingEvent.Measured measured(Phase phase, int step) {
    return new TrainingEvent.Measured(phase, step, Map.of("g-loss", 1.0), 0.5);
  }

  @Test
  void hearEverythingInOrderWithAStepOfTheWholeRun() {
    Heard heard = new Heard();
    RunListeners listeners = listeners(heard.provider());
    listeners.on(from(Phase.GENERATOR_PRETRAINING, 0));
    listeners.on(measured(Phase.GENERATOR_PRETRAINING, 0));
    listeners.on(measured(Phase.GENERATOR_PRETRAINING, 10));
    listeners.on(new TrainingEvent.Progress(Phase.ADVERSARIAL, 1, 0.5, Map.of()));
    listeners.on(measured(Phase.ADVERSARIAL, 1));
    listeners.end(Outcome.FINISHED, "");
    assertThat(heard.events).hasSize(5).first().isInstanceOf(RunEvent.Started.class);
    assertThat(
            heard.events.stream()
                .filter(RunEvent.Measured.class::isInstance)
                .map(event -> ((RunEvent.Measured) event).at().overall()))
        .containsExactly(0L, 10L, 11L);
    assertThat(heard.events.get(4)).isEqualTo(new RunEvent.Ended(Outcome.FINISHED, ""));
    assertThat(heard.closed).hasSize(1);
    assertThat(warnings).isEmpty();
  }

  @Test
  void hearWhereARunGoesOn() {
    Heard heard = new Heard();
    RunListeners listeners = listeners(heard.provider());
    listeners.on(from(Phase.ADVERSARIAL, 7));
    listeners.end(Outcome.INTERRUPTED, "");
    assertThat(heard.events.get(0))
        .isEqualTo(
            new RunEvent.Started(
                Map.of(
                    "generator-pretraining",
                    10,
                    "discriminator-pretraining",
                    0,
                    "adversarial",
                    5000),
                new RunEvent.Place("adversarial", 7, 17),
                true));
  }

  @Test
  void endWithoutHarmWhereTrainingDoesNotBegin() {
    listeners(new Heard().provider()).end(Outcome.FAILED, "no room");
    assertThat(warnings).isEmpty();
  }

  @Test
  void throwWithoutHarmToTheRunOrToOthers() {
    Heard heard = new Heard();
    Part<RunListenerContext> opens = context -> {};
    Part<RunEvent> hears = event -> {};
    Part<String> closes = text -> {};
    List<String> closed = Collections.synchronizedList(new ArrayList<>());
    RunListeners listeners =
        listeners(
            new Odd(
                "opens",
                context -> {
                  throw new IOException("no server");
                },
                hears,
                closes),
            new Odd(
                "hears",
                opens,
                event -> {
                  throw new StackOverflowError();
                },
                closed::add),
            new Odd(
                "closes",
                opens,
                hears,
                text -> {
                  throw new AssertionError("in close");
                }),
            new Odd(
                "both",
                opens,
                event -> {
                  throw new IllegalStateException("first\nand second line");
                },
                text -> {
                  throw new LinkageError("not told");
                }),
            heard.provider());
    listeners.on(from(Phase.GENERATOR_PRETRAINING, 0));
    listeners.on(measured(Phase.GENERATOR_PRETRAINING, 1));
    listeners.end(Outcome.FINISHED, "");
    String says = " failed and hears nothing more; the run goes on without it: ";
    assertThat(warnings).hasSize(4).allMatch(line -> line.lines().count() == 1);
    assertThat(warnings)
        .contains("listener 'opens'" + says + "IOException: no server")
        .contains("listener 'hears'" + says + "StackOverflowError")
        .contains("listener 'closes'" + says + "AssertionError: in close")
        .anyMatch(
            line -> line.startsWith("listener 'both'" + says + "IllegalStateException: first"));
    assertThat(closed).as("a listener that fails is closed").hasSize(1);
    assertThat(heard.events).hasSize(3);
  }

  @Test
  void areNotWaitedForWhereTheyHangOrSleep() {
    CountDownLatch never = new CountDownLatch(1);
    RunListeners listeners =
        listeners(
            new Odd("hangs", context -> never.await(), event -> {}, text -> {}),
            new Odd("sleeps", context -> {}, event -> Thread.sleep(200), text -> {}),
            new Odd(
                "deaf",
                context -> {},
                event -> {
                  while (never.getCount() > 0) {
                    Thread.onSpinWait();
                    Thread.interrupted(); // does not even heed that
                    Thread.yield();
                  }
                },
                text -> {}));
    long start = System.nanoTime();
    listeners.on(from(Phase.ADVERSARIAL, 0));
    for (int step = 1; step <= 3 * ListenerThread.ROOM; step++) {
      listeners.on(measured(Phase.ADVERSARIAL, step));
    }
    long trained = System.nanoTime();
    assertThat(Duration.ofNanos(trained - start)).isLessThan(Duration.ofSeconds(5));
    listeners.end(Outcome.FINISHED, "");
    assertThat(Duration.ofNanos(System.nanoTime() - trained))
        .as("all listeners together have the time that is stated")
        .isBetween(
            Duration.ofSeconds(RunListener.SECONDS_TO_FINISH - 1),
            Duration.ofSeconds(RunListener.SECONDS_TO_FINISH + 5));
    never.countDown();
    for (String name : List.of("hangs", "sleeps", "deaf")) {
      String listener = "listener '" + name + "' ";
      assertThat(warnings)
          .contains(
              listener + "did not finish within 10 s of the end of training and is left behind")
          .contains(
              listener
                  + "is too slow: 1,000 events wait for it, and more are dropped; the run does not wait")
          .anyMatch(
              line ->
                  line.matches(
                      listener + "was too slow and did not hear [23],\\d{3} of 3,002 events"));
    }
    assertThat(warnings).hasSize(9);
  }

  @Test
  void mayInterruptTheirOwnThread() {
    Heard heard = new Heard();
    RunListeners listeners =
        listeners(
            new Odd(
                "interrupts",
                context -> Thread.currentThread().interrupt(),
                event -> {
                  heard.events.add(event);
                  Thread.currentThread().interrupt();
                },
                heard.closed::add));
    listeners.on(from(Phase.GENERATOR_PRETRAINING, 0));
    listeners.on(measured(Phase.GENERATOR_PRETRAINING, 1));
    listeners.end(Outcome.FINISHED, "");
    assertThat(heard.events).hasSize(3);
    assertThat(heard.closed).hasSize(1);
    assertThat(warnings).isEmpty();
  }

  @Test
  void sayALimitedNumberOfThings() {
    RunListeners listeners =
        listeners(
            new Odd(
                "chatty",
                context -> {
                  for (int i = 1; i <= 1000; i++) {
                    context.warn("word " + i);
                  }
                },
                event -> {},
                text -> {}));
    listeners.on(from(Phase.GENERATOR_PRETRAINING, 0));
    listeners.end(Outcome.FINISHED, "");
    assertThat(warnings)
        .hasSize(ListenerThread.MOST_WARNINGS)
        .startsWith("listener 'chatty': word 1")
        .endsWith("listener 'chatty': word 20 (what more it says is not shown)");
  }
}
