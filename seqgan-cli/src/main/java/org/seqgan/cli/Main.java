package org.seqgan.cli;

import java.io.PrintWriter;
import picocli.CommandLine;

/** The entry point of the program. */
public final class Main {
  private Main() {}

  /** Runs the program and ends the JVM with its exit code. */
  public static void main(String[] args) {
    int exitCode = run(args, new PrintWriter(System.out, true), new PrintWriter(System.err, true));
    System.exit(exitCode);
  }

  /**
   * Runs the program.
   *
   * @param args the words of the command line
   * @param out where results go
   * @param err where messages go
   * @return the exit code: 0, 1 for a fault of the program, otherwise that of {@link
   *     org.seqgan.api.UserException.Kind}
   */
  public static int run(String[] args, PrintWriter out, PrintWriter err) {
    SeqganCommand root = new SeqganCommand();
    ErrorReport errors = new ErrorReport(root, err);
    CommandLine program =
        new CommandLine(root)
            .setOut(out)
            .setErr(err)
            .setParameterExceptionHandler(errors)
            .setExecutionExceptionHandler(errors);
    try {
      return program.execute(args);
    } catch (Error e) {
      return errors.internal(e);
    } finally {
      out.flush();
      err.flush();
    }
  }
}
