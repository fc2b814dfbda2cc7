package org.seqgan.core.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seqgan.testkit.Requirement;

/**
 * Opens a page in headless Chromium.
 *
 * @param folder an empty folder for what the browser writes
 */
public record Chromium(Path folder) {
  private static final int LONGEST_SECONDS = 600;

  private static final Path PROGRAM = Path.of("/usr/bin/chromium");
  private static final String COUNTER =
      """
      <script>
        addEventListener("load", () => {
          document.documentElement.dataset.requests =
              performance.getEntriesByType("resource").length;
        });
      </script>
      """;

  /**
   * What came of a page.
   *
   * @param dom the document after it was loaded
   * @param log what the browser and the console said
   */
  public record Visit(String dom, String log) {}

  /** A browser, or a skipped test where there is none. */
  public static Chromium orSkip(Path folder) {
    new Requirement("chromium").orSkip(Files.isExecutable(PROGRAM), "there is no " + PROGRAM);
    return new Chromium(folder);
  }

  /** Opens a page in a window so many pixels wide and lets its scripts run for some seconds. */
  public Visit open(Path page, int width) throws IOException, InterruptedException {
    Path dom = folder.resolve("dom.html");
    Path log = folder.resolve("log.txt");
    Path profile = Files.createTempDirectory(folder, "profile");
    List<String> command =
        new ArrayList<>(
            List.of(
                PROGRAM.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                // Scripts press the buttons here, and a browser takes those for no gesture.
                "--autoplay-policy=no-user-gesture-required",
                "--enable-logging=stderr",
                "--v=0",
                "--virtual-time-budget=3000"));
    command.add("--user-data-dir=" + profile);
    command.add("--window-size=" + width + ",900");
    command.addAll(List.of("--dump-dom", page.toUri().toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(dom.toFile())
            .redirectError(log.toFile())
            .start();
    if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("the browser took longer than %d seconds".formatted(LONGEST_SECONDS));
    }
    return new Visit(Files.readString(dom, UTF_8), new String(Files.readAllBytes(log), UTF_8));
  }

  /** How many things a page asks for, whether it gets them or not. */
  public long requests(String html) throws IOException, InterruptedException {
    Path page = folder.resolve("counted.html");
    Files.writeString(page, html.replace("</body>", COUNTER + "</body>"));
    Matcher count = Pattern.compile("data-requests=\"(\\d+)\"").matcher(open(page, 390).dom());
    if (!count.find()) {
      throw new IOException("the page was left before it was loaded");
    }
    return Long.parseLong(count.group(1));
  }
}
