package org.seqgan.cli;

import java.io.PrintWriter;
import java.util.List;
import org.seqgan.api.UserException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a person sees of an error: a line, and a stack trace only if asked for. */
final class ErrorReport
    implements CommandLine.IParameterExceptionHandler, CommandLine.IExecutionExceptionHandler {
  private final SeqganCommand root;
  private final PrintWriter err;

  ErrorReport(SeqganCommand root, PrintWriter err) {
    this.root = root;
    this.err = err;
  }

  @Override
  public int handleParseException(ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    say(failure.getMessage() + suggestions(failure));
    err.println("Usage: " + command.getHelp().synopsis(0).strip());
    err.println("see '%s --help'".formatted(command.getCommandSpec().qualifiedName()));
    trace(failure);
    return UserException.Kind.CONFIGURATION.exitCode();
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult parseResult) {
    if (failure instanceof UserException mistake) {
      say(mistake.getMessage());
      trace(mistake);
      return mistake.kind().exitCode();
    }
    return internal(failure);
  }

  /** A fault of the program itself. */
  int internal(Throwable failure) {
    String message = failure.getMessage() == null ? "" : ": " + failure.getMessage();
    say(
        "internal error: %s%s; run again with --stacktrace and report it"
            .formatted(failure.getClass().getSimpleName(), message));
    trace(failure);
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static String suggestions(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unmatched) {
      List<String> near = unmatched.getSuggestions();
      return near.isEmpty() ? "" : "; did you mean %s?".formatted(String.join(" or ", near));
    }
    return "";
  }

  private void say(String message) {
    err.println("seqgan: " + message.strip().replaceAll("\\s*\\R\\s*", " "));
  }

  private void trace(Throwable failure) {
    if (root.stackTrace()) {
      failure.printStackTrace(err);
    }
  }
}
