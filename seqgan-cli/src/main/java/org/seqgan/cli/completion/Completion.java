package org.seqgan.cli.completion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.seqgan.cli.completion.Candidates.Kind;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The commands of the program as a shell completes them. Immutable.
 *
 * @param program the name that it is called by
 * @param commands each with those above it before it; the program itself first
 * @param keys of the configuration
 * @param choices the values of some keys
 */
public record Completion(
    String program, List<Command> commands, List<String> keys, Map<String, List<String>> choices) {
  /** Copies the collections. */
  public Completion {
    commands = List.copyOf(commands);
    keys = List.copyOf(keys);
    choices = Collections.unmodifiableMap(new LinkedHashMap<>(choices));
  }

  /**
   * A command.
   *
   * @param path the words that lead to it, with blanks between them; empty for the program
   * @param description in a few words
   * @param options what it can be given
   * @param arguments what its further words can be
   */
  public record Command(
      String path, String description, List<Option> options, Candidates arguments) {
    String name() {
      return path.substring(path.lastIndexOf(' ') + 1);
    }

    boolean isBelow(Command other) {
      return !path.isEmpty()
          && path.equals(other.path.isEmpty() ? name() : other.path + " " + name());
    }
  }

  /**
   * An option.
   *
   * @param names such as {@code --quiet} and {@code -q}
   * @param description in a few words
   * @param takesValue whether a value follows
   * @param values what that can be
   */
  public record Option(
      List<String> names, String description, boolean takesValue, Candidates values) {}

  /**
   * Describes a program.
   *
   * @param commandLine with every command; hidden ones are left out
   * @param words what the labels of values and arguments stand for, such as {@code PRESET}
   * @param keys of the configuration, for arguments that have {@code KEY} in their label
   * @param choices the values of those keys that have names as values
   */
  public static Completion of(
      CommandLine commandLine,
      Map<String, List<String>> words,
      List<String> keys,
      Map<String, List<String>> choices) {
    List<Command> commands = new ArrayList<>();
    add("", commandLine, words, commands);
    return new Completion(commandLine.getCommandName(), commands, keys, choices);
  }

  private static void add(
      String path, CommandLine line, Map<String, List<String>> words, List<Command> commands) {
    CommandSpec spec = line.getCommandSpec();
    List<Option> options = new ArrayList<>();
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        options.add(
            new Option(
                List.of(option.names()),
                first(option.description()),
                option.arity().max() > 0,
                option.arity().max() > 0 ? candidates(option, words) : Candidates.NONE));
      }
    }
    Set<String> known = new LinkedHashSet<>();
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    for (PositionalParamSpec argument : spec.positionalParameters()) {
      Candidates candidates = candidates(argument, words);
      known.addAll(candidates.words());
      kinds.addAll(candidates.kinds());
    }
    commands.add(
        new Command(
            path,
            first(spec.usageMessage().description()),
            List.copyOf(options),
            new Candidates(List.copyOf(known), kinds)));
    line.getSubcommands()
        .forEach(
            (name, below) -> {
              if (!below.getCommandSpec().usageMessage().hidden()) {
                add(path.isEmpty() ? name : path + " " + name, below, words, commands);
              }
            });
  }

  private static String first(String... lines) {
    return lines.length == 0 ? "" : lines[0].replaceFirst("(?s)[.;:].*", "");
  }

  private static Candidates candidates(ArgSpec argument, Map<String, List<String>> words) {
    Class<?> type =
        argument.typeInfo().isMultiValue()
            ? argument.typeInfo().getAuxiliaryTypes()[0]
            : argument.type();
    if (type.isEnum()) {
      return Candidates.of(
          Arrays.stream(type.getEnumConstants())
              .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
              .toList());
    }
    Set<String> known = new LinkedHashSet<>();
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    List<String> labels = Arrays.asList(argument.paramLabel().split("[^A-Z]+"));
    for (String label : labels) {
      known.addAll(words.getOrDefault(label, List.of()));
      switch (label) {
        case "KEY" -> kinds.add(Kind.KEY);
        case "RUN" -> kinds.add(Kind.RUN);
        case "FILE", "ANSWERS", "SOURCE", "MODEL" -> kinds.add(Kind.FILE);
        case "DIR" -> kinds.add(isRun(argument) ? Kind.RUN : Kind.FOLDER);
        default -> {}
      }
    }
    return new Candidates(List.copyOf(known), kinds);
  }

  private static boolean isRun(ArgSpec argument) {
    return argument instanceof OptionSpec option && option.longestName().equals("--run");
  }
}
