package org.seqgan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The program in a process that is told to go as soon as it prints a text, and does not go on for a
 * second: long enough for its virtual machine to end where nothing holds it back.
 */
final class ToldToGo {
  static final int CODE = 130;
  private static final int PAUSE_MILLISECONDS = 1000;

  private ToldToGo() {}

  /**
   * Starts it.
   *
   * @param printed where what it prints goes
   */
  static Process start(Path printed, String text, List<String> arguments) throws IOException {
    List<String> words = ProgramProcess.words(ToldToGo.class, List.of("-Xmx256m"), text);
    words.addAll(arguments);
    return new ProcessBuilder(words)
        .redirectErrorStream(true)
        .redirectOutput(printed.toFile())
        .start();
  }

  public static void main(String[] arguments) {
    PrintStream screen = System.out;
    Writer watched = new Watched(new OutputStreamWriter(screen, UTF_8), arguments[0]);
    String[] words = Arrays.copyOfRange(arguments, 1, arguments.length);
    System.exit(Main.run(words, StandardOutput.to(watched), new PrintWriter(watched, true)));
  }

  /** Passes on what is printed. */
  private static final class Watched extends Writer {
    private final Writer out;
    private final String text;
    private final StringBuilder printed = new StringBuilder();
    private boolean told;

    Watched(Writer out, String text) {
      this.out = out;
      this.text = text;
    }

    @Override
    public void write(char[] characters, int from, int length) throws IOException {
      out.write(characters, from, length);
      out.flush();
      printed.append(characters, from, length);
      if (!told && printed.indexOf(text) >= 0) {
        told = true;
        CountDownLatch going = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(going::countDown));
        new Thread(() -> System.exit(CODE)).start();
        pauseAfter(going);
      }
    }

    private static void pauseAfter(CountDownLatch going) {
      try {
        going.await();
        Thread.sleep(PAUSE_MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
