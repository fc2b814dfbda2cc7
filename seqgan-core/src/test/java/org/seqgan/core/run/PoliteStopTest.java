package org.seqgan.core.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link PoliteStop}, with real signals to a real process. */
class PoliteStopTest {
  /** Where a shell has it ignored for its background, programs do not get it either. */
  private static void requireSignals() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/status")), "needs Linux to look at its signals");
    long ignored =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .mapToLong(line -> Long.parseLong(line.substring("SigIgn:".length()).strip(), 16))
            .findFirst()
            .orElse(0);
    assumeTrue((ignored & 2) == 0, "SIGINT is ignored in this environment");
  }

  private static void send(String signal, Process process) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void oneSignalAsksAndTheProcessEndsWithItsCode(String signal, int code) throws Exception {
    requireSignals();
    Process process = Child.start(WorkUntilAsked.class, "10");
    Child.awaitLine(process, "working");
    send(signal, process);
    Child.awaitLine(process, "done");
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void aSecondSignalEndsTheProcessAtOnce(String signal, int code) throws Exception {
    requireSignals();
    Process process = Child.start(WorkUntilAsked.class, "600000");
    Child.awaitLine(process, "working");
    send(signal, process);
    Child.awaitLine(process, "asked");
    send(signal, process);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends before its work does").isTrue();
    assertThat(process.exitValue()).isEqualTo(code);
  }

  @Test
  void whereTheVirtualMachineGoesItWaitsForTheWork() throws Exception {
    Process process = Child.start(WorkUntilAsked.class, "10", "exit");
    Child.awaitLine(process, "asked"); // whoever waits for that, and does not look, hears of it too
    Child.awaitLine(process, "done");
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(17);
  }

  @Test
  void whereTheVirtualMachineIsGoingAlreadyNothingIsBegun() throws Exception {
    Process process = Child.start(BeginTooLate.class);
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(said).contains("going\ngone\n").doesNotContain("begun");
    assertThat(process.waitFor()).isEqualTo(17);
  }

  /** Begins while the virtual machine waits for a hook. */
  static final class BeginTooLate {
    private BeginTooLate() {}

    public static void main(String[] arguments) throws InterruptedException {
      CountDownLatch going = new CountDownLatch(1);
      Thread hook =
          new Thread(
              () -> {
                Child.say("going");
                going.countDown();
                pause();
                Child.say("gone");
              });
      Runtime.getRuntime().addShutdownHook(hook);
      new Thread(() -> System.exit(17)).start();
      going.await();
      try (PoliteStop stop = PoliteStop.install(() -> {}, Duration.ofMinutes(5))) {
        Child.say("begun");
      } catch (IllegalStateException e) {
        Child.say(e.getMessage());
      }
    }

    private static void pause() {
      try {
        Thread.sleep(500);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void signalsDoAfterwardsWhatTheyDidBefore() throws Exception {
    requireSignals();
    Process process = Child.start(WorkUntilAsked.class, "0", "close");
    Child.awaitLine(process, "closed");
    send("TERM", process);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(143);
  }

  /** Works, and some time longer once it is asked to stop. */
  static final class WorkUntilAsked {
    private WorkUntilAsked() {}

    public static void main(String[] arguments) throws InterruptedException {
      String how = arguments.length > 1 ? arguments[1] : "";
      Optional<StopSignal> signal;
      try (PoliteStop stop = PoliteStop.install(() -> Child.say("asked"), Duration.ofMinutes(5))) {
        Child.say("working");
        if (how.equals("exit")) {
          Thread exit = new Thread(() -> System.exit(17));
          exit.start();
        }
        while (!stop.getAsBoolean() && !how.equals("close")) {
          Thread.sleep(5);
        }
        Thread.sleep(Long.parseLong(arguments[0]));
        Child.say("done");
        signal = stop.signal();
      }
      signal.ifPresent(received -> System.exit(received.exitCode()));
      Child.say("closed");
      Thread.sleep(600_000);
    }
  }
}
