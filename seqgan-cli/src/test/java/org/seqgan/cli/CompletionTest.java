package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.testkit.Requirement;

/** The scripts, in the shells that they are for. Each shell is asked all its questions at once. */
@DisplayName("Completion")
class CompletionTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void aRunAndAFile() throws IOException {
    for (String file : List.of("runs/first/status.json", "runs/notes/a.txt", "other.conf")) {
      Path path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, "");
    }
    for (String shell : List.of("bash", "zsh", "fish")) {
      Program.Result result = Program.run("completion", shell);
      assertThat(result.err()).isEmpty();
      Files.writeString(folder.resolve("script." + shell), result.out());
    }
  }

  @Test
  void bashCompletesCommandsOptionsPresetsKeysPluginsAndRuns() throws Exception {
    List<String> answers =
        ask(
            "bash",
            """
            source script.bash
            ask() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _seqgan; echo ":" ${COMPREPLY[*]}; }
            """,
            "seqgan tr",
            "seqgan runs de",
            "seqgan train qui",
            "seqgan train quickstart training.batch",
            "seqgan train quickstart reward = b",
            "seqgan train quickstart reward =",
            "seqgan train --format ''",
            "seqgan train --format = j",
            "seqgan train --run train --fo",
            "seqgan sample runs/f",
            "seqgan train other",
            "seqgan plugins show ls",
            "seqgan matrix quickstart -m training.batch",
            "seqgan ce");
    assertThat(answers)
        .containsExactly(
            "train",
            "delete",
            "quickstart",
            "training.batch-size=",
            "blend bleu",
            "blend bleu constant discriminator maligan random shuffled",
            "text json",
            "json",
            "--format",
            "runs/first runs/first",
            "other.conf",
            "lstm",
            "training.batch-size=",
            "");
  }

  /** What the completion system of zsh is told: it chooses among it by the word at hand. */
  @Test
  void zshIsToldCommandsOptionsPresetsKeysPluginsAndRuns() throws Exception {
    List<String> answers =
        ask(
            "zsh",
            """
            compdef() { registered=$* }; compset() { told+=" skip $2" }; _files() { told+=" files $*" }
            compadd() { while [[ $1 == -* ]]; do [[ $1 == -S ]] && shift; shift; done; told+=" $*" }
            source ./script.zsh
            ask() { words=("$@"); CURRENT=$#; told=; _seqgan; echo ":$told" }
            """,
            "seqgan tr",
            "seqgan runs tag ''",
            "seqgan train --format ''",
            "seqgan train --format=j",
            "seqgan train quickstart reward=b",
            "seqgan config ''");
    assertThat(answers.get(0)).startsWith("init train sample").doesNotContain(" cell");
    assertThat(answers.subList(1, 5))
        .containsExactly(
            "runs/first files -/",
            "text json",
            "skip *= text json",
            "skip *= blend bleu constant discriminator maligan random shuffled");
    assertThat(answers.get(5)).startsWith("quickstart music").contains("training.batch-size");
  }

  @Test
  void fishCompletesCommandsOptionsPresetsKeysPluginsAndRuns() throws Exception {
    List<String> answers =
        ask(
            "fish",
            """
            source script.fish
            function ask
                echo ":" (complete -C "$argv" | string replace -r '\\t.*' '')
            end
            """,
            "seqgan tr",
            "seqgan runs de",
            "seqgan train qui",
            "seqgan train quickstart training.batch",
            "seqgan train quickstart reward=b",
            "seqgan train --format j",
            "seqgan sample runs/f",
            "seqgan train oth",
            "seqgan plugins show ls");
    assertThat(answers)
        .containsExactly(
            "train",
            "delete",
            "quickstart",
            "training.batch-size=",
            "reward=blend reward=bleu",
            "json",
            "runs/first runs/first/",
            "other.conf",
            "lstm");
  }

  @Test
  void anotherShellIsRefused() {
    Program.Result result = Program.run("completion", "tcsh");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("BASH, ZSH, FISH");
  }

  private static List<String> ask(String shell, String beginning, String... questions)
      throws IOException, InterruptedException {
    new Requirement(shell)
        .orSkip(
            Stream.of("/usr/bin", "/bin", "/usr/local/bin")
                .anyMatch(bin -> Files.isExecutable(Path.of(bin, shell))),
            "the shell %s is not installed".formatted(shell));
    String text =
        beginning
            + Arrays.stream(questions)
                .map(question -> "ask " + question + "\n")
                .collect(Collectors.joining());
    Path script = Files.writeString(folder.resolve("questions." + shell), text);
    Program.Result result =
        OtherProgram.run(
            folder, Map.of("HOME", folder.toString()), shell, script.getFileName().toString());
    assertThat(result.err()).isEmpty();
    List<String> answers =
        result.out().lines().map(line -> line.replaceFirst("^: ?", "").strip()).toList();
    assertThat(answers).hasSize(questions.length);
    return answers;
  }
}
