package org.seqgan.backend.cuda.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.seqgan.api.UserException;
import org.seqgan.core.io.Json;

/**
 * Small tests of the contract under NVIDIA's compute-sanitizer, a part for each of its tools. Each
 * is a {@code contract} in a folder of its own, so it stops and goes on as that does.
 */
final class SanitizeParts {
  private static final String PROGRAM = "compute-sanitizer";
  private static final String TOOLKIT = "/usr/local/cuda/bin";
  private static final List<String> TOOLS =
      List.of("memcheck", "racecheck", "initcheck", "synccheck");

  /** Every kernel, forwards and backwards, on tensors and on views that begin anywhere. */
  private static final List<String> TESTS =
      List.of("ContractTest.operationsAgreeWithTheReference", "ContractTest.primitivesReadViews");

  /** Of a call and a tool: it slows kernels down by an unknown factor. */
  private static final Duration MOST = Duration.ofMinutes(2);

  private static final int ERROR_CODE = 97;
  private static final double SECONDS_OF_A_MINUTE = 60;

  private SanitizeParts() {}

  static List<Part> of(List<String> words) {
    Path program = find();
    List<String> tests = words.isEmpty() ? TESTS : words;
    return TOOLS.stream()
        .map(tool -> new Part(tool, (stop, goesOn) -> run(program, tool, tests, stop)))
        .toList();
  }

  private static Path find() {
    String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + TOOLKIT;
    return Stream.of(path.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, PROGRAM))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    UserException.Kind.ENVIRONMENT,
                    "sanitize needs %s, found none on the path nor in %s; it comes with NVIDIA's toolkit"
                        .formatted(PROGRAM, TOOLKIT)));
  }

  private static Part.Result run(Path program, String tool, List<String> tests, Stop stop)
      throws IOException, InterruptedException {
    Path folder = Files.createDirectories(Path.of("sanitize", tool));
    Duration most = stop.left().filter(left -> left.compareTo(MOST) < 0).orElse(MOST);
    List<String> arguments = new ArrayList<>(List.of("contract", "--minutes"));
    arguments.add(Double.toString(most.toMillis() / 1000.0 / SECONDS_OF_A_MINUTE));
    arguments.add("--");
    arguments.addAll(tests);
    List<String> words = new ArrayList<>(List.of(program.toString(), "--tool", tool));
    words.addAll(List.of("--error-exitcode", Integer.toString(ERROR_CODE)));
    words.addAll(Programs.java(GpuCheck.class.getName(), arguments));
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int code = process.waitFor(); // it knows when to stop
    ObjectNode measured = Json.object().put("exit-code", code);
    Path record = folder.resolve("contract.json");
    if (Files.exists(record)) {
      measured.setAll(TestParts.counts(Json.parse(Files.readString(record))));
    }
    try (Stream<String> lines = Files.lines(output)) {
      lines
          .filter(line -> line.contains("SUMMARY:"))
          .reduce((first, second) -> second)
          .ifPresent(line -> measured.put("said", line.replace("=", "").strip()));
    }
    return new Part.Result(state(code), measured);
  }

  private static Part.State state(int code) {
    if (code == 0) {
      return Part.State.DONE;
    }
    return Stop.CODES.contains(code) ? Part.State.STOPPED : Part.State.FAILED;
  }
}
