package org.seqgan.backend.cuda.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Availability;
import org.seqgan.backend.cuda.CudaBackendProvider;
import org.seqgan.backend.cuda.CudaOptions;
import org.seqgan.core.io.Json;
import org.seqgan.core.run.StopSignal;

/**
 * Checks the backend on the driver and the device of the machine, without a build: what {@code
 * gpu-check} of the archive starts. Writes {@code CHECK.json} into the folder that it runs in, and
 * goes on with it when it is started again.
 */
public final class GpuCheck {
  private static final String MINUTES = "--minutes";
  private static final String REST = "--";
  private static final double SECONDS_OF_A_MINUTE = 60;
  private static final double MOST_MINUTES = 100_000;

  /** What can be checked. */
  private enum Check {
    CONTRACT,
    GOLDEN,
    SANITIZE,
    BENCH,
    QUICKSTART,
    RELEASED,
    TABLE1;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The command line.
   *
   * @param check what to check
   * @param most the time after which it stops
   * @param words what the parts take: names of tests, arguments of bench, or configuration
   */
  private record Arguments(Check check, Optional<Duration> most, List<String> words) {
    static Arguments parse(List<String> args) {
      Check check = null;
      Optional<Duration> most = Optional.empty();
      int i = 0;
      for (; i < args.size() && !args.get(i).equals(REST); i++) {
        String word = args.get(i);
        if (word.equals(MINUTES)) {
          most = Optional.of(minutes(++i < args.size() ? args.get(i) : ""));
        } else if (check == null) {
          check = check(word);
        } else {
          throw misuse("expected %s N, or %s, found '%s'".formatted(MINUTES, REST, word));
        }
      }
      if (check == null) {
        throw misuse("expected a check: " + checks());
      }
      return new Arguments(
          check, most, List.copyOf(args.subList(Math.min(i + 1, args.size()), args.size())));
    }

    private static Check check(String word) {
      for (Check each : Check.values()) {
        if (each.label().equals(word)) {
          return each;
        }
      }
      throw misuse("no check is named '%s'; there are doctor, %s".formatted(word, checks()));
    }

    private static String checks() {
      return String.join(", ", List.of(Check.values()).stream().map(Check::label).toList());
    }

    private static Duration minutes(String text) {
      try {
        double minutes = Double.parseDouble(text);
        if (minutes > 0 && minutes <= MOST_MINUTES) {
          return Duration.ofMillis(Math.round(1000 * SECONDS_OF_A_MINUTE * minutes));
        }
      } catch (NumberFormatException e) {
        // told below
      }
      throw misuse(
          "%s: expected a number above 0, at most %.0f, found '%s'"
              .formatted(MINUTES, MOST_MINUTES, text));
    }

    private static UserException misuse(String message) {
      return new UserException(UserException.Kind.CONFIGURATION, message);
    }
  }

  private final Arguments arguments;
  private final List<Part> parts = new ArrayList<>();
  private final BenchParts.Torch torch;

  private GpuCheck(Arguments arguments) throws InterruptedException {
    this.arguments = arguments;
    this.torch =
        arguments.check() == Check.BENCH
            ? BenchParts.Torch.look()
            : new BenchParts.Torch(false, "");
    List<String> words = arguments.words();
    parts.addAll(
        switch (arguments.check()) {
          case CONTRACT -> TestParts.of(TestParts.CONTRACT, words);
          case GOLDEN -> TestParts.of(TestParts.GOLDEN, words);
          case SANITIZE -> SanitizeParts.of(words);
          case BENCH -> BenchParts.of(torch, words);
          case QUICKSTART -> TrainingParts.quickstart(words);
          case RELEASED -> TrainingParts.released(words);
          case TABLE1 -> TrainingParts.table1(words);
        });
    if (parts.isEmpty()) {
      throw Arguments.misuse("no test has %s in its name".formatted(String.join(" or ", words)));
    }
  }

  /**
   * Checks. The process ends with 0 where all is done and right, 1 where something is wrong, 143
   * where it stopped before the end, and as the program does after an error of the user.
   *
   * @param args the check, {@code --minutes N}, and after {@code --} what its parts take
   */
  public static void main(String[] args) throws Exception {
    System.exit(run(List.of(args)));
  }

  private static int run(List<String> args) throws Exception {
    try {
      Arguments arguments = Arguments.parse(args);
      ObjectNode of = device();
      of.put("arguments", String.join(" ", arguments.words()));
      GpuCheck check = new GpuCheck(arguments);
      Path file = Path.of(arguments.check().label() + ".json");
      CheckRecord record = CheckRecord.open(file, arguments.check().label(), of);
      if (record.isComplete()) {
        System.out.printf(
            "complete, see %s; to begin anew delete it and what lies beside it%n", file);
        return 0;
      }
      try (Stop stop = Stop.install(arguments.most())) {
        check.run(record, stop);
      }
      return check.tell(record, file);
    } catch (UserException e) {
      System.err.println("gpu-check: " + e.getMessage());
      return e.kind().exitCode();
    }
  }

  /** What is measured: the driver and the devices as they are found. */
  private static ObjectNode device() {
    Availability availability = new CudaBackendProvider().availability(CudaOptions.defaults());
    if (availability instanceof Availability.Unavailable unavailable) {
      throw new UserException(UserException.Kind.ENVIRONMENT, unavailable.reason());
    }
    ObjectNode of = Json.object();
    for (String line : availability.details()) {
      int colon = line.indexOf(": ");
      if (!line.startsWith("memory")) { // it changes
        of.put(line.substring(0, colon), line.substring(colon + 2));
      }
    }
    return of;
  }

  private void run(CheckRecord record, Stop stop) throws Exception {
    for (Part part : parts) {
      if (record.isDone(part)) {
        continue;
      }
      if (stop.isDue()) {
        break;
      }
      boolean goesOn = record.isBegun(part);
      if (!goesOn) {
        record.put(part, new Part.Result(Part.State.BEGUN, Json.object()), 0);
      }
      record.write(parts);
      long start = System.nanoTime();
      Part.Result result = part.work().run(stop, goesOn);
      double seconds = (System.nanoTime() - start) / 1e9;
      record.put(part, result, seconds);
      System.out.printf(
          Locale.ROOT, "%s: %s, %.1f s%n", part.name(), result.state().label(), seconds);
      summarise(record);
      record.write(parts);
    }
    record.write(parts);
  }

  private void summarise(CheckRecord record) {
    switch (arguments.check()) {
      case CONTRACT, GOLDEN -> TestParts.summarise(record, parts);
      case BENCH -> BenchParts.compare(record, parts, torch);
      case QUICKSTART -> TrainingParts.compare(record);
      case SANITIZE, RELEASED, TABLE1 -> {
        // The parts say it all.
      }
    }
  }

  private int tell(CheckRecord record, Path file) {
    if (parts.stream().anyMatch(record::isFailed)) {
      System.out.printf("FAILED, see %s%n", file);
      return 1;
    }
    if (!record.isComplete()) {
      System.out.printf("stopped, see %s; the same command goes on%n", file);
      return StopSignal.TERMINATE.exitCode();
    }
    System.out.printf("done, see %s%n", file);
    return 0;
  }
}
