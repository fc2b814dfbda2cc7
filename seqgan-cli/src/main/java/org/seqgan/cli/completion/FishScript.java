package org.seqgan.cli.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.seqgan.cli.completion.Candidates.Kind;
import org.seqgan.cli.completion.Completion.Command;
import org.seqgan.cli.completion.Completion.Option;

/** The script for fish. */
final class FishScript {
  private static final String FUNCTIONS =
      """
      function __%1$s_command
          set -l command
          for word in (commandline -opc)[2..]
              switch "$command $word"
                  case %2$s
                      set command (string trim "$command $word")
              end
          end
          echo "$command"
      end
      function __%1$s_at
          test (__%1$s_command) = "$argv[1]"
      end
      function __%1$s_runs
          for file in runs/*/status.json matrices/*/cells/*/run/status.json
              string replace /status.json '' $file
          end
          __fish_complete_directories (commandline -ct)
      end
      function __%1$s_keys
          string split ' ' '%3$s'
      end
      complete -c %1$s -f
      """;

  private final Completion completion;
  private final String program;

  FishScript(Completion completion) {
    this.completion = completion;
    this.program = completion.program();
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        "# Completion of %s for fish: %s completion fish | source\n".formatted(program, program));
    text.append(
        FUNCTIONS.formatted(
            program,
            completion.commands().stream()
                .filter(command -> !command.path().isEmpty())
                .map(command -> quoted((command.path().contains(" ") ? "" : " ") + command.path()))
                .collect(Collectors.joining(" ")),
            keys()));
    for (Command command : completion.commands()) {
      for (Command below : completion.commands()) {
        if (below.isBelow(command)) {
          line(text, command, "-a " + quoted(below.name()), below.description());
        }
      }
      arguments(text, command, command.arguments());
      command.options().forEach(option -> option(text, command, option));
    }
    return text.toString();
  }

  /** With the values of those that have some. */
  private String keys() {
    List<String> keys = new ArrayList<>();
    for (String key : completion.keys()) {
      keys.add(key + "=");
      completion
          .choices()
          .getOrDefault(key, List.of())
          .forEach(value -> keys.add(key + "=" + value));
    }
    return String.join(" ", keys);
  }

  private void arguments(StringBuilder text, Command command, Candidates candidates) {
    String list = list(candidates);
    if (!list.isEmpty()) {
      line(text, command, "-a " + quoted(list), "");
    }
    if (candidates.kinds().contains(Kind.FILE)) {
      line(text, command, "-F", "");
    }
  }

  private void option(StringBuilder text, Command command, Option option) {
    List<String> words = new ArrayList<>();
    for (String name : option.names()) {
      words.add(name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1));
    }
    if (option.takesValue()) {
      boolean files = option.values().kinds().contains(Kind.FILE);
      words.add(files ? "-r -F" : "-x");
      String list = list(option.values());
      if (!list.isEmpty()) {
        words.add("-a " + quoted(list));
      }
    }
    line(text, command, String.join(" ", words), option.description());
  }

  /** The words, and the functions that give more, as fish takes them. */
  private String list(Candidates candidates) {
    List<String> parts = new ArrayList<>(candidates.words());
    if (candidates.kinds().contains(Kind.KEY)) {
      parts.add("(__%s_keys)".formatted(program));
    }
    if (candidates.kinds().contains(Kind.RUN)) {
      parts.add("(__%s_runs)".formatted(program));
    }
    if (candidates.kinds().contains(Kind.FOLDER)) {
      parts.add("(__fish_complete_directories (commandline -ct))");
    }
    return String.join(" ", parts);
  }

  private void line(StringBuilder text, Command command, String what, String description) {
    text.append("complete -c ").append(program);
    text.append(" -n ").append(quoted("__%s_at '%s'".formatted(program, command.path())));
    text.append(' ').append(what);
    if (!description.isEmpty()) {
      text.append(" -d ").append(quoted(description));
    }
    text.append('\n');
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
