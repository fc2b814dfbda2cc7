package org.seqgan.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.seqgan.cli.serve.ModelServer;
import org.seqgan.core.run.PoliteStop;
import org.seqgan.core.serve.ServingLimits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seqgan serve}: draws from trained generators over HTTP. */
@Command(
    name = "serve",
    description =
        "Draw from trained generators over HTTP, until it is stopped: docs/serving.md has the"
            + " requests, and /openapi.json describes them.")
final class ServeCommand implements Callable<Integer> {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final String ENDING = ".seqgan";
  private static final int LARGEST_PORT = 65_535;
  private static final int MOST_SECONDS = 3600;

  /** Sequences of a batch: more are hardly faster, and who asks for few waits for them. */
  private static final int ROWS = 256;

  private static final Duration GRACE = Duration.ofSeconds(10);

  @ParentCommand private Main main;
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "[NAME=]RUN|MODEL",
      description =
          "run directories, of which it is the newest checkpoint, or files of models, and the names"
              + " to serve them as (default: the name of the directory, or of the file without"
              + " .seqgan)")
  private List<String> models = new ArrayList<>();

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "where to listen (default: ${DEFAULT-VALUE}, which this machine alone reaches)")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "the port, 0 for one that is free (default: ${DEFAULT-VALUE})")
  private int port = 8080;

  @Option(
      names = "--max-queue",
      paramLabel = "N",
      description =
          "requests to a model that may wait; more are refused with 429 (default: ${DEFAULT-VALUE})")
  private int mostWaiting = 512;

  @Option(
      names = "--max-count",
      paramLabel = "N",
      description = "sequences that one request may ask for (default: ${DEFAULT-VALUE})")
  private int mostSequences = 1000;

  @Option(
      names = "--cache",
      paramLabel = "SIZE",
      description =
          "parameters of models that are open at a time, such as 512m; one that is not open is"
              + " opened when it is asked for, and the least used has to go (default:"
              + " ${DEFAULT-VALUE})")
  private String cache = "1g";

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "how long a request may take (default: ${DEFAULT-VALUE})")
  private int timeout = 60;

  ServeCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    Map<String, Path> places = places();
    ModelServer.Settings settings = settings();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    CountDownLatch asked = new CountDownLatch(1);
    try (PoliteStop stop =
            PoliteStop.install(
                () -> {
                  err.println("seqgan: answering what is under way; a second signal stops at once");
                  asked.countDown();
                },
                GRACE);
        ModelServer server = ModelServer.start(settings, places, main.registry())) {
      server.open(err);
      out.println(
          "Serving %s at http://%s:%d"
              .formatted(
                  String.join(", ", places.keySet()), ModelServer.inAddress(host), server.port()));
      out.flush();
      if (!ModelServer.isLoopback(host)) {
        err.println(
            "seqgan: whoever reaches %s can draw: there are no passwords and no encryption here"
                .formatted(host));
      }
      asked.await();
      return ExitCode.of(stop.signal()).code();
    }
  }

  private ModelServer.Settings settings() {
    requireRange("--port", port, 0, LARGEST_PORT);
    requireRange("--max-queue", mostWaiting, 1, Integer.MAX_VALUE);
    requireRange("--max-count", mostSequences, 1, Integer.MAX_VALUE);
    requireRange("--timeout", timeout, 1, MOST_SECONDS);
    return new ModelServer.Settings(
        host,
        port,
        mostSequences,
        SizeArgument.parse("--cache", cache).bytes(),
        new ServingLimits(mostWaiting, ROWS, Duration.ofSeconds(timeout)));
  }

  private static void requireRange(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw Misuse.of(
          "%s: expected a whole number from %d to %d, found %d"
              .formatted(option, least, most, value));
    }
  }

  /** By name, in their order. */
  private Map<String, Path> places() {
    Map<String, Path> places = new LinkedHashMap<>();
    for (String model : models) {
      int equals = model.indexOf('=');
      boolean named = equals > 0 && NAME.matcher(model.substring(0, equals)).matches();
      Path place = Path.of(named ? model.substring(equals + 1) : model);
      String name = named ? model.substring(0, equals) : nameOf(place);
      if (!NAME.matcher(name).matches()) {
        throw Misuse.of(
            "'%s' is no name for an address; give another, of letters, digits, '.', '_' and '-': NAME=%s"
                .formatted(name, place));
      }
      if (places.put(name, place) != null) {
        throw Misuse.of(
            "two models are named '%s'; give one another name: NAME=%s".formatted(name, place));
      }
    }
    return places;
  }

  private static String nameOf(Path place) {
    Path last = place.toAbsolutePath().normalize().getFileName();
    String name = last == null ? "" : last.toString();
    return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
  }
}
