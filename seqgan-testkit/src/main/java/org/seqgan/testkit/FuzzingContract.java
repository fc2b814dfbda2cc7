package org.seqgan.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lets Jazzer, a fuzzer that is led by coverage, look for inputs on which a {@link ReaderContract}
 * does not hold. It runs in a process of its own, so that its memory is bounded, and what it loads
 * and instruments stays there. Extend it and implement {@link #readers}; Jazzer has to be on the
 * class path of the tests ({@code com.code-intelligence:jazzer}, scope {@code test}).
 *
 * <p>System properties, all optional:
 *
 * <ul>
 *   <li>{@code seqgan.fuzz.reader}: the simple name of the one reader to try, all without it;
 *   <li>{@code seqgan.fuzz.seconds}: how long each, 2 without it;
 *   <li>{@code seqgan.fuzz.seed}: of its random numbers, fixed without it;
 *   <li>{@code seqgan.fuzz.findings}: after how many different findings it stops, 1 without it;
 *   <li>{@code seqgan.fuzz.folder}: where it keeps the inputs that reach something new, to go on
 *       from next time, those that fail, and its log.
 * </ul>
 */
public abstract class FuzzingContract {
  private static final String JAZZER = "com.code_intelligence.jazzer.Jazzer";
  private static final int SECONDS_FOR_AN_INPUT = 20;
  private static final int SHOWN_LINES = 60;

  @TempDir private Path scratch;

  /** The readers to try; their classes have a constructor without parameters. */
  protected abstract List<ReaderContract> readers();

  @Test
  final void inputsThatTheFuzzerMakesAreReadOrRejectedInOneLine()
      throws IOException, InterruptedException {
    String only = System.getProperty("seqgan.fuzz.reader", "");
    List<ReaderContract> chosen =
        readers().stream().filter(reader -> only.isEmpty() || name(reader).equals(only)).toList();
    if (!chosen.isEmpty()) {
      Path folder = Path.of(System.getProperty("seqgan.fuzz.folder", scratch.toString()));
      new Run(chosen, folder.toAbsolutePath().resolve(only)).run();
    }
  }

  private static String name(ReaderContract reader) {
    return reader.getClass().getSimpleName();
  }

  private static int seed() {
    return Integer.getInteger("seqgan.fuzz.seed", 20_261_201);
  }

  /** One process of Jazzer. */
  private record Run(List<ReaderContract> readers, Path folder) {
    void run() throws IOException, InterruptedException {
      Files.createDirectories(folder("corpus"));
      Files.createDirectories(folder("findings"));
      writeSeeds(Files.createDirectories(folder("seeds")));
      Files.write(folder("words"), dictionary());
      Process process =
          new ProcessBuilder(command())
              .redirectErrorStream(true)
              .redirectOutput(folder("log.txt").toFile())
              .start();
      int exitCode;
      try {
        exitCode = process.waitFor();
      } finally {
        process.destroyForcibly();
      }
      List<String> log = Files.readAllLines(folder("log.txt"), ISO_8859_1);
      assertThat(exitCode).as(() -> complaint(log)).isZero();
      assertThat(log).as("the log of the fuzzer").anyMatch(line -> line.startsWith("Done "));
    }

    private Path folder(String part) {
      return folder.resolve(part);
    }

    private boolean isOne() {
      return readers.size() == 1;
    }

    private void writeSeeds(Path seeds) throws IOException {
      for (int i = 0; i < readers.size(); i++) {
        int number = 0;
        for (byte[] seed : readers.get(i).seeds()) {
          Files.write(
              seeds.resolve("%s-%d".formatted(name(readers.get(i)), number++)),
              isOne() ? seed : FuzzedReaders.choosing(i, seed));
        }
      }
    }

    /** In the language of libFuzzer: a word in quotes a line. */
    private byte[] dictionary() {
      return readers.stream()
          .flatMap(reader -> reader.words().stream())
          .distinct()
          .map(Run::quoted)
          .collect(Collectors.joining())
          .getBytes(ISO_8859_1);
    }

    private static String quoted(String word) {
      StringBuilder quoted = new StringBuilder("\"");
      for (byte next : word.getBytes(UTF_8)) {
        boolean plain = next > ' ' && next < 127 && next != '"' && next != '\\';
        quoted.append(plain ? String.valueOf((char) next) : escaped(next));
      }
      return quoted.append("\"\n").toString();
    }

    private static String escaped(byte next) {
      return String.format(Locale.ROOT, "\\x%02X", next & 0xFF);
    }

    private List<String> command() {
      String watched =
          readers.stream()
              .flatMap(reader -> reader.watched().stream())
              .distinct()
              .collect(Collectors.joining(":"));
      List<String> words = new ArrayList<>();
      words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      // A bounded heap is part of the contract; the rest is for a quick start.
      words.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC"));
      words.addAll(List.of("-cp", System.getProperty("java.class.path"), JAZZER));
      words.add("--target_class=" + FuzzedReaders.class.getName());
      words.add(
          Stream.concat(
                  Stream.of(folder("scratch").toString()),
                  readers.stream().map(reader -> reader.getClass().getName()))
              .collect(Collectors.joining(" ", "--target_args=", "")));
      words.add("--instrumentation_includes=" + watched);
      words.add("--custom_hook_includes=" + watched);
      words.add("--keep_going=" + Integer.getInteger("seqgan.fuzz.findings", 1));
      words.add("--reproducer_path=" + folder("findings"));
      words.add("-max_total_time=" + Integer.getInteger("seqgan.fuzz.seconds", 2) * readers.size());
      words.add("-seed=" + seed());
      words.add("-timeout=" + SECONDS_FOR_AN_INPUT);
      words.add("-max_len=" + ReaderContract.LONGEST_INPUT);
      words.add("-rss_limit_mb=0");
      words.add("-artifact_prefix=" + folder("findings") + "/");
      words.add("-dict=" + folder("words"));
      words.add(folder("corpus").toString());
      words.add(folder("seeds").toString());
      return words;
    }

    private String complaint(List<String> log) {
      return "seed %d: %s\nthe end of the log of the fuzzer:\n%s"
          .formatted(
              seed(),
              findings().stream().map(this::shown).collect(Collectors.joining("\n")),
              String.join("\n", log.subList(Math.max(0, log.size() - SHOWN_LINES), log.size())));
    }

    private List<Path> findings() {
      try (Stream<Path> files = Files.list(folder("findings"))) {
        return files.filter(file -> !file.toString().endsWith(".java")).sorted().toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private String shown(Path finding) {
      try {
        byte[] input = Files.readAllBytes(finding);
        int reader = isOne() ? 0 : FuzzedReaders.choice(input, readers.size());
        byte[] rest = isOne() ? input : FuzzedReaders.rest(input);
        return "%s of %s, in base 64: %s"
            .formatted(
                finding.getFileName(),
                name(readers.get(reader)),
                Base64.getEncoder().encodeToString(rest));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
