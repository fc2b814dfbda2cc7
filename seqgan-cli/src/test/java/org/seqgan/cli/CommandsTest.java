package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Commands that only tell")
class CommandsTest {
  @TempDir private Path folder;

  @Test
  void pluginsListsEveryBuiltInPlugin() throws IOException {
    JsonNode root = new ObjectMapper().readTree(Program.run("plugins", "--format", "json").out());
    assertThat(root.get("plugins").findValuesAsText("name"))
        .contains(
            "dl4j",
            "oracle",
            "gru",
            "leakgan",
            "lstm",
            "relational-memory",
            "transformer",
            "unigram",
            "cnn",
            "discriminator",
            "bleu",
            "constant",
            "random",
            "shuffled",
            "nll-oracle",
            "nll-gen",
            "self-bleu",
            "distinct",
            "copied",
            "forward-perplexity",
            "reverse-perplexity");
    assertThat(root.get("broken")).isEmpty();
  }

  @Test
  void pluginsShowPrintsOptionsWithDefaultsAndRanges() {
    assertThat(Program.run("plugins", "show", "lstm").out())
        .containsPattern("hidden-size +whole number +32 +1 to 11585 +width of the hidden state");
    Program.Result unknown = Program.run("plugins", "show", "lsmt");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).contains("installed are lstm");
  }

  @Test
  void doctorSaysWhatRunsHere() {
    Program.Result result = Program.run("doctor");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("backend dl4j: runs here", "matrix products", "Java");
  }

  @ParameterizedTest
  @ValueSource(strings = {"quickstart", "paper", "released", "released-corpus"})
  void everyPresetResolvesAndItsRenderingResolvesToTheSame(String preset) throws IOException {
    String rendered = Program.run("config", preset).out();
    assertThat(rendered).contains("task.name = oracle", "preset " + preset + ":");
    Path file = Files.writeString(folder.resolve("again.conf"), rendered);
    String again = Program.run("config", file.toString()).out();
    assertThat(values(again)).isEqualTo(values(rendered));
  }

  @Test
  void optionsOfAReplacedPluginDoNotApply() {
    Program.Result result =
        Program.run("config", "quickstart", "reward=constant", "reward.value=0.5");
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .contains("reward.name = constant", "reward.value = 0.5")
        .contains("options of reward 'discriminator' do not apply to 'constant'")
        .doesNotContain("reward.roll-outs");
  }

  @Test
  void helpAndPresetListNeedNoBackend() {
    assertThat(Program.run("--help").out()).contains("train", "sample", "doctor");
    assertThat(Program.run("config").out()).contains("quickstart", "paper", "released");
    assertThat(Program.run().exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "trian quickstart, unknown command 'trian'; did you mean 'train'?",
    "survy, unknown command 'survy'; did you mean 'survey'?",
    "data fetsh oracle, unknown command 'fetsh'; did you mean 'fetch'?",
    "plugins shwo lstm, unknown command 'shwo'; did you mean 'show'?",
    "quickstart, 'unknown command ''quickstart''; there are init, train, sample,'",
    "train quickstart --rnu x, unknown option '--rnu' of 'seqgan train'; did you mean '--run'?",
    "doctor x, unexpected 'x' after 'seqgan doctor'",
  })
  void whatIsUnknownIsNamedWithTheNearestThatIsKnown(String line, String message) {
    Program.Result result = Program.run(line.split(" "));
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).startsWith("seqgan: " + message);
    assertThat(result.err().lines().filter(each -> each.contains("did you mean")))
        .hasSizeLessThan(2);
  }

  @ParameterizedTest
  @CsvSource({
    "init mine.txt --output mine.conf, --out",
    "init mine.txt -o mine.conf, --out",
    "matrix table1 --dir tables, --out",
    "sample run --output=tunes, --out",
    "train quickstart --out runs/x, --run",
    "train quickstart --dir runs/x, --run"
  })
  void aPlaceHasOneNameAndFormerOnesLeadToIt(String line, String name) {
    Program.Result result = Program.run(line.split(" "));
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("; did you mean '" + name + "'?");
  }

  @Test
  void aBrokenPluginIsListedAndGivesAnExitCodeOfItsOwn() throws IOException {
    Files.writeString(folder.resolve("broken.jar"), "no jar");
    Program.Result text = Program.run("plugins", "--plugins", folder.toString());
    assertThat(text.exitCode()).isEqualTo(7);
    assertThat(text.out())
        .contains("lstm", "broken: jar " + folder.resolve("broken.jar"))
        .endsWith("Which method to try first, and why: docs/methods.md\n");
    assertThat(text.err()).isEqualToNormalizingNewlines("seqgan: plugins that cannot be used: 1\n");
    Program.Result json =
        Program.run("plugins", "--format", "json", "--plugins", folder.toString());
    assertThat(json.exitCode()).isEqualTo(7);
    assertThat(new ObjectMapper().readTree(json.out()).get("broken")).hasSize(1);
  }

  private static String values(String rendered) {
    return rendered
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.replaceFirst(" +# .*$", ""))
        .reduce("", (a, b) -> a + "\n" + b);
  }
}
