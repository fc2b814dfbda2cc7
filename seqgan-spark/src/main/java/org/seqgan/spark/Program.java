package org.seqgan.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkFiles;

/**
 * The program {@code seqgan}, unpacked on the machine of whoever asks.
 *
 * @param home its folder: the same on all machines; or, where the archive was given to Spark by
 *     {@code --archives}, relative to where Spark unpacks that
 */
record Program(String home) implements Serializable {

  private static final String SPEAKER = "seqgan: ";

  /** What a command said on its standard output. */
  record Said(int exitCode, String output) {}

  /**
   * A process that is to be started, in the virtual machine of this one.
   *
   * @throws Refusal where the program is not here
   */
  ProcessBuilder command(List<String> words) {
    Path folder = Path.of(home);
    if (!folder.isAbsolute()) {
      folder = Path.of(SparkFiles.getRootDirectory()).resolve(folder);
    }
    Path launcher = folder.resolve("bin").resolve("seqgan");
    if (!Files.isRegularFile(launcher)) {
      throw new Refusal(
          Refusal.ENVIRONMENT,
          "expected the program seqgan at %s, found no %s; unpack it there on every machine, or send it by --archives and name its folder by --home"
              .formatted(folder, launcher));
    }
    List<String> all = new ArrayList<>(List.of("sh", launcher.toString()));
    all.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(all);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder;
  }

  /** Runs a command to its end, without input; its standard error is that of this process. */
  Said run(List<String> words) throws IOException, InterruptedException {
    Process process = command(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Said(process.waitFor(), output);
  }

  /** Of what a command printed on its standard error, the last line that is its own. */
  static String lastWords(String text) {
    return text.lines()
        .filter(line -> line.startsWith(SPEAKER))
        .reduce((first, second) -> second)
        .map(line -> line.substring(SPEAKER.length()).strip())
        .orElse("it printed nothing");
  }
}
