package org.seqgan.cli.completion;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.seqgan.cli.completion.Completion.Command;
import org.seqgan.cli.completion.Completion.Option;

/**
 * The scripts for bash and zsh. Both have the same tables, functions that set {@code reply_words}
 * and {@code reply_kinds} for a command, for an option of one, or for a key; what differs is how a
 * shell is told.
 */
final class BourneScript {
  private static final String BASH =
      """
      _%1$s() {
        local at command= previous= key= word found current=${COMP_WORDS[COMP_CWORD]}
        COMPREPLY=()
        for ((at = 1; at < COMP_CWORD; at++)); do
          word=${COMP_WORDS[at]}
          if [[ $word == = ]]; then
            continue
          elif _%1$s_values "$command" "$previous"; then
            previous=
          else
            previous=$word
            if _%1$s_is_command "${command:+$command }$word"; then command=${command:+$command }$word; fi
          fi
        done
        # Bash makes three words of key=value.
        if [[ $current == = ]]; then
          current= key=${COMP_WORDS[COMP_CWORD - 1]}
        elif [[ ${COMP_WORDS[COMP_CWORD - 1]} == = ]]; then
          key=${COMP_WORDS[COMP_CWORD - 2]}
        fi
        case $key in
          '') _%1$s_values "$command" "$previous" || case $current in
              -*) _%1$s_options "$command" ;;
              *) _%1$s_arguments "$command" ;;
            esac ;;
          -*) _%1$s_values "$command" "$key" || return ;;
          *) _%1$s_choices "$key" ;;
        esac
        local IFS=$' \t\n'
        COMPREPLY=($(compgen -W "$reply_words" -- "$current"))
        IFS=$'\n'
        case $reply_kinds in *key*)
          found=($(compgen -W "${_%1$s_keys// /$'\n'}" -- "$current"))
          if ((${#found[@]})); then
            COMPREPLY+=("${found[@]/%%/=}")
            compopt -o nospace 2>/dev/null
          fi ;;
        esac
        case $reply_kinds in *run*)
          for word in runs/* matrices/*/cells/*/run; do
            if [[ $word == "$current"* && -f $word/status.json ]]; then COMPREPLY+=("$word"); fi
          done ;;
        esac
        case $reply_kinds in
          *file*) COMPREPLY+=($(compgen -f -- "$current")) ;;
          *folder*) COMPREPLY+=($(compgen -d -- "$current")) ;;
          *run*) if ((${#COMPREPLY[@]} == 0)); then COMPREPLY=($(compgen -d -- "$current")); fi ;;
        esac
        case $reply_kinds in *file* | *folder* | *run*) compopt -o filenames 2>/dev/null ;; esac
      }
      complete -F _%1$s %1$s
      """;

  private static final String ZSH =
      """
      _%1$s() {
        local at command= previous= word current=${words[CURRENT]} reply_words reply_kinds
        for ((at = 2; at < CURRENT; at++)); do
          word=${words[at]}
          if _%1$s_values "$command" "$previous"; then
            previous=
          else
            previous=$word
            if _%1$s_is_command "${command:+$command }$word"; then command=${command:+$command }$word; fi
          fi
        done
        case $current in
          --*=*) _%1$s_values "$command" "${current%%%%=*}" && compset -P '*=' ;;
          *=*) _%1$s_choices "${current%%%%=*}" && compset -P '*=' ;;
          *) _%1$s_values "$command" "$previous" || case $current in
              -*) _%1$s_options "$command" ;;
              *) _%1$s_arguments "$command" ;;
            esac ;;
        esac
        [[ -n $reply_words ]] && compadd -- ${=reply_words}
        [[ $reply_kinds == *key* ]] && compadd -S = -q -- ${=_%1$s_keys}
        if [[ $reply_kinds == *run* ]]; then
          compadd -f -- runs/*/status.json(N:h) matrices/*/cells/*/run/status.json(N:h)
        fi
        case $reply_kinds in
          *file*) _files ;;
          *folder* | *run*) _files -/ ;;
        esac
      }
      compdef _%1$s %1$s
      """;

  private final Completion completion;
  private final String program;

  BourneScript(Completion completion) {
    this.completion = completion;
    this.program = completion.program();
  }

  String bash() {
    return "# Completion of %s for bash: source <(%s completion bash)\n".formatted(program, program)
        + tables()
        + BASH.formatted(program);
  }

  String zsh() {
    return "#compdef %s\n# Completion of %s for zsh: source <(%s completion zsh), after compinit\n"
            .formatted(program, program, program)
        + tables()
        + ZSH.formatted(program);
  }

  // ---- the tables ----

  private String tables() {
    StringBuilder text = new StringBuilder();
    text.append("_%s_keys='%s'\n".formatted(program, String.join(" ", completion.keys())));
    text.append("_%s_is_command() {\n  case $1 in\n    ".formatted(program));
    text.append(
        completion.commands().stream()
            .map(Command::path)
            .filter(path -> !path.isEmpty())
            .map(BourneScript::quoted)
            .collect(Collectors.joining(" | ")));
    text.append(") ;;\n    *) return 1 ;;\n  esac\n}\n");
    text.append("_%s_options() {\n  reply_words= reply_kinds=\n  case $1 in\n".formatted(program));
    for (Command command : completion.commands()) {
      branch(
          text,
          quoted(command.path()),
          Candidates.of(
              command.options().stream().flatMap(each -> each.names().stream()).toList()));
    }
    text.append("  esac\n}\n");
    text.append(
        "_%s_arguments() {\n  reply_words= reply_kinds=\n  case $1 in\n".formatted(program));
    for (Command command : completion.commands()) {
      List<String> below =
          completion.commands().stream()
              .filter(each -> each.isBelow(command))
              .map(Command::name)
              .toList();
      branch(
          text,
          quoted(command.path()),
          new Candidates(
              Stream.concat(below.stream(), command.arguments().words().stream()).toList(),
              command.arguments().kinds()));
    }
    text.append("  esac\n}\n");
    text.append("_%s_choices() {\n  reply_words= reply_kinds=\n  case $1 in\n".formatted(program));
    completion.choices().forEach((key, words) -> branch(text, quoted(key), Candidates.of(words)));
    text.append("    *) return 1 ;;\n  esac\n}\n");
    text.append(
        "_%s_values() {\n  reply_words= reply_kinds=\n  case \"$1 $2\" in\n".formatted(program));
    values().forEach((patterns, candidates) -> branch(text, patterns, candidates));
    text.append("    *) return 1 ;;\n  esac\n}\n");
    return text.toString();
  }

  /** What options take, by the patterns that lead there; options of all commands are told once. */
  private Map<String, Candidates> values() {
    Map<Option, StringBuilder> patterns = new LinkedHashMap<>();
    for (Command command : completion.commands()) {
      for (Option option : command.options()) {
        if (option.takesValue()) {
          StringBuilder pattern = patterns.computeIfAbsent(option, o -> new StringBuilder());
          for (String name : option.names()) {
            pattern.append(pattern.length() == 0 ? "" : " | ");
            pattern.append(quoted(command.path() + " " + name));
          }
        }
      }
    }
    Map<String, Candidates> values = new LinkedHashMap<>();
    patterns.forEach((option, pattern) -> values.put(pattern.toString(), option.values()));
    return values;
  }

  private static void branch(StringBuilder text, String patterns, Candidates candidates) {
    text.append("    ").append(patterns).append(')');
    if (!candidates.words().isEmpty()) {
      text.append(" reply_words=").append(quoted(String.join(" ", candidates.words())));
    }
    if (!candidates.kinds().isEmpty()) {
      String kinds =
          candidates.kinds().stream()
              .sorted()
              .map(kind -> kind.name().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(" "));
      text.append(" reply_kinds=").append(quoted(kinds));
    }
    text.append(" ;;\n");
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
