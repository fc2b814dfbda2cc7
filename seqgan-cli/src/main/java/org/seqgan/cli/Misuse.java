package org.seqgan.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.seqgan.api.Printable;
import org.seqgan.api.UserException;
import org.seqgan.core.registry.Spelling;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A command line that cannot be carried out. */
final class Misuse {
  /** What people call the place that a command writes to; a command has one of the first two. */
  private static final Set<String> PLACES =
      Set.of("--out", "--run", "--output", "-o", "--dir", "--directory", "--folder");

  private Misuse() {}

  /** An exception of kind configuration: exit code 2. */
  static UserException of(String message) {
    return new UserException(UserException.Kind.CONFIGURATION, message);
  }

  /** Says what is wrong with a command line, and what it would look like. Returns the exit code. */
  static int tell(ParameterException e, PrintWriter err) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    String message =
        e instanceof UnmatchedArgumentException unmatched ? words(unmatched) : e.getMessage();
    err.println("seqgan: " + Printable.line(message));
    if (e.getArgSpec() != null && e.getValue() != null) {
      // A value is wrong: how the command is written is not what has to be told.
      return ExitCode.CONFIGURATION.code();
    }
    err.print(new Help(command, Help.defaultColorScheme(Help.Ansi.OFF)).fullSynopsis());
    err.println("See '" + command.qualifiedName() + " --help'.");
    return ExitCode.CONFIGURATION.code();
  }

  private static String words(UnmatchedArgumentException e) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    String found = e.getUnmatched().get(0);
    if (e.isUnknownOption()) {
      String name = found.replaceFirst("=.*", "");
      return "unknown option '%s' of '%s'%s"
          .formatted(
              name,
              command.qualifiedName(),
              suggestion(name, command)
                  .map(known -> "; did you mean '%s'?".formatted(known))
                  .orElse(""));
    }
    List<String> commands =
        command.subcommands().entrySet().stream()
            .filter(each -> !each.getValue().getCommandSpec().usageMessage().hidden())
            .map(each -> each.getKey())
            .toList();
    if (commands.isEmpty()) {
      return "unexpected '%s' after '%s'".formatted(found, command.qualifiedName());
    }
    return "unknown command '%s'%s"
        .formatted(
            found,
            Spelling.suggestion(found, commands)
                .map(known -> "; did you mean '%s'?".formatted(known))
                .orElse("; there are " + String.join(", ", commands)));
  }

  private static Optional<String> suggestion(String option, CommandSpec command) {
    Collection<String> known = command.optionsMap().keySet();
    if (PLACES.contains(option)) {
      return List.of("--out", "--run").stream().filter(known::contains).findFirst();
    }
    List<String> longNames = new ArrayList<>(known);
    longNames.removeIf(name -> !name.startsWith("--"));
    return Spelling.suggestion(option, longNames);
  }
}
