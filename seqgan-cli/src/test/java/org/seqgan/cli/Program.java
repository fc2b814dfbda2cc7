package org.seqgan.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs the program in this virtual machine, as a user would from a shell. */
final class Program {
  private Program() {}

  /** What a command line left behind. */
  record Result(int exitCode, String out, String err) {}

  static Result run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = Main.run(args, StandardOutput.to(out), new PrintWriter(err, true));
    return new Result(exitCode, out.toString(), err.toString());
  }
}
