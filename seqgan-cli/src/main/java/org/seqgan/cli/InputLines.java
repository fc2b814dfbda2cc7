package org.seqgan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.function.Consumer;

/** The standard input of a process that another process holds, and with which that one goes. */
final class InputLines {
  private InputLines() {}

  /**
   * Reads it from now on, on a thread that keeps no process alive.
   *
   * @param name of the thread
   * @param each gets every line
   * @param atEnd done once it has ended, as it does where the pipe breaks
   */
  static void follow(String name, Consumer<String> each, Runnable atEnd) {
    Thread reader = new Thread(() -> read(each, atEnd), name);
    reader.setDaemon(true);
    reader.start();
  }

  private static void read(Consumer<String> each, Runnable atEnd) {
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        each.accept(line);
      }
    } catch (IOException e) {
      // A pipe that broke has ended, too.
    }
    atEnd.run();
  }
}
