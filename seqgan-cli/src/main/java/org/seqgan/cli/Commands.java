package org.seqgan.cli;

import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The commands of the program, in the order of its help. Reading the options of one costs as much
 * as starting a virtual machine; so a command line has whole those that it may mean, and of the
 * others the name and the description, which is what help and suggestions need.
 */
final class Commands {
  /** What makes picocli take further words from a file. */
  private static final String WORDS_IN_A_FILE = "@";

  private static final List<Class<?>> ALL =
      List.of(
          InitCommand.class,
          TrainCommand.class,
          SampleCommand.class,
          EvaluateCommand.class,
          ExplainCommand.class,
          SurveyCommand.class,
          ConfigCommand.class,
          PluginsCommand.class,
          DataCommand.class,
          DoctorCommand.class,
          BenchCommand.class,
          MatrixCommand.class,
          WorkerCommand.class,
          RunsCommand.class,
          UiCommand.class,
          ServeCommand.class,
          ExportCommand.class,
          ImportCommand.class,
          CompletionCommand.class,
          CellCommand.class);

  private Commands() {}

  /**
   * Adds every command, whole where a word of the command line may be its name.
   *
   * @return the command line, for what is set for all commands that it has
   */
  static CommandLine addedTo(CommandLine commandLine, String... words) {
    boolean unknown = Arrays.stream(words).anyMatch(word -> word.startsWith(WORDS_IN_A_FILE));
    for (Class<?> type : ALL) {
      Command command = type.getAnnotation(Command.class);
      if (unknown || Arrays.asList(words).contains(command.name())) {
        commandLine.addSubcommand(type);
      } else {
        commandLine.addSubcommand(command.name(), described(command));
      }
    }
    return commandLine;
  }

  /** Adds every command whole. */
  static CommandLine allAddedTo(CommandLine commandLine) {
    ALL.forEach(commandLine::addSubcommand);
    return commandLine;
  }

  private static CommandSpec described(Command command) {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage().description(command.description()).hidden(command.hidden());
    return spec;
  }
}
