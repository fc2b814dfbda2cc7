package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A run of a task of tunes: its report, its files, and a survey of it")
class SurveyCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path shared;
  private static Path plugins = Path.of("");
  private static Path run = Path.of("");

  @TempDir private Path folder;

  @BeforeAll
  static void train() throws IOException {
    plugins = FakeTunes.plugins(shared.resolve("plugins"));
    run = shared.resolve("attempt-7");
    Program.Result result =
        Program.run(
            "train",
            "quickstart",
            "task=tunes",
            "evaluation.metrics=[nll-gen]",
            "evaluation.samples=40",
            "training.generator-pretraining.epochs=2",
            "training.discriminator-pretraining.rounds=1",
            "training.adversarial.rounds=1",
            "-q",
            "--run",
            run.toString(),
            "--plugins",
            plugins.toString());
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  private static Program.Result program(String... words) {
    List<String> args = new ArrayList<>(List.of(words));
    args.addAll(List.of("--plugins", plugins.toString()));
    return Program.run(args.toArray(String[]::new));
  }

  private static String succeeds(String... words) {
    Program.Result result = program(words);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result.out();
  }

  private static void fails(int exitCode, String message, String... words) {
    Program.Result result = program(words);
    assertThat(result.err()).contains(message).startsWith("seqgan: ").doesNotContain("\tat ");
    assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
  }

  private static List<String> names(Path of) throws IOException {
    try (Stream<Path> files = Files.list(of)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  // ---- report ----

  @Test
  void theReportDrawsAndPlaysTheTunesThatWereSampled() throws IOException {
    assertThat(run.resolve("report.html"))
        .content()
        .contains(
            "class=\"tune\"", "class=\"chart roll\"", "createOscillator", "After adversarial");
    assertThat(names(run.resolve("samples")))
        .contains("adversarial-000001.tunes.json", "adversarial-000001.txt");
  }

  // ---- seqgan sample --out ----

  @Test
  void sampleWritesTheFilesOfEachSequence() throws IOException {
    Path out = folder.resolve("new").resolve("tunes");
    assertThat(succeeds("sample", run.toString(), "-n", "3", "--out", out.toString()).strip())
        .isEqualTo("3 .abc and 3 .mid files in " + out);
    assertThat(names(out))
        .containsExactly("0001.abc", "0001.mid", "0002.abc", "0002.mid", "0003.abc", "0003.mid");
    // The same sequences as those that it prints.
    List<String> printed = succeeds("sample", run.toString(), "-n", "3").lines().toList();
    assertThat(out.resolve("0002.abc")).hasContent(printed.get(1));
  }

  @Test
  void sampleWithJsonNamesTheFiles() throws IOException {
    String line =
        succeeds(
            "sample", run.toString(), "-n", "1", "--format", "json", "--out", folder.toString());
    assertThat(JSON.readTree(line).get("files").toString())
        .isEqualTo("[\"0001.abc\",\"0001.mid\"]");
  }

  @Test
  void sampleWritesIntoAFolderWithFilesOnlyByForce() throws IOException {
    Files.writeString(folder.resolve("0001.abc"), "old");
    Files.writeString(folder.resolve("other.txt"), "mine");
    String[] words = {"sample", run.toString(), "-n", "1", "--out", folder.toString()};
    fails(2, folder + " is not empty: use --force", words);
    assertThat(folder.resolve("0001.abc")).hasContent("old");
    succeeds("sample", run.toString(), "-n", "1", "--out", folder.toString(), "--force");
    assertThat(folder.resolve("0001.abc")).content().startsWith("[");
    assertThat(folder.resolve("other.txt")).hasContent("mine");
    fails(2, "--force is for --out", "sample", run.toString(), "--force");
    String file = folder.resolve("other.txt").toString();
    fails(2, "--out takes a folder", "sample", run.toString(), "--out", file);
  }

  // ---- seqgan survey ----

  /** The answers of a judge who likes the items of some sources. */
  private Path answers(Path key, String judge, Predicate<String> liked) throws IOException {
    JsonNode root = JSON.readTree(Files.readString(key));
    ObjectNode sheet =
        JSON.createObjectNode()
            .put("format", "seqgan survey answers 1")
            .put("survey", root.get("survey").asText())
            .put("judge", judge);
    ObjectNode answers = sheet.putObject("answers");
    for (JsonNode item : root.get("items")) {
      answers.put(item.get("id").asText(), liked.test(item.get("source").asText()));
    }
    return Files.writeString(folder.resolve(judge + ".json"), sheet.toString());
  }

  @Test
  void surveyWritesAPageAndItsKeyAndScoresAnswers() throws IOException {
    Path page = folder.resolve("judge.html");
    String early = run + "@generator-pretraining-000002";
    String told =
        succeeds("survey", run.toString(), early, "--items", "5", "--out", page.toString());
    Path key = folder.resolve("judge.key.json");
    assertThat(told)
        .contains("15 items, 5 of each of real, attempt-7, attempt-7@generator-pretraining-000002")
        .contains("Key: " + key, "5 samples; 0 of them repeat another");
    assertThat(page)
        .content()
        .contains("Do you think a person wrote this?", "class=\"tune\"")
        .doesNotContain("attempt-7", "pretraining-0");

    Path anna = answers(key, "anna", source -> source.equals("real"));
    Path ben = answers(key, "ben", source -> !source.equals("attempt-7"));
    String text = succeeds("survey", "score", key.toString(), anna.toString(), ben.toString());
    assertThat(text)
        .contains("2 judges, 30 answers, 0 missing")
        .containsPattern("real +5 +10 +1.0000 +0.5655 to 1.0000")
        .containsPattern("attempt-7 +5 +10 +0.0000 +0.0000 to 0.4345")
        .containsPattern("real - attempt-7 +1.0000 +0.0079 +0.0238 +Fisher's exact, over items")
        .contains("Agreement: Fleiss' kappa 0.3");
    JsonNode json =
        JSON.readTree(
            succeeds(
                "survey",
                "score",
                key.toString(),
                anna.toString(),
                ben.toString(),
                "--format",
                "json"));
    assertThat(json.get("judges").toString()).isEqualTo("[\"anna\",\"ben\"]");
    assertThat(json.get("sources").get(0).get("mean").doubleValue()).isEqualTo(1);
    // 2 / C(10, 5) = 1/126, the least of three.
    assertThat(json.get("comparisons").get(0).get("p-holm").doubleValue())
        .isBetween(0.0238, 0.0239);
    assertThat(json.get("agreement").get("items").intValue()).isEqualTo(15);
  }

  @Test
  void surveyReplacesAPageOnlyByForce() throws IOException {
    Path page = folder.resolve("judge.html");
    Files.writeString(folder.resolve("judge.key.json"), "precious");
    String[] words = {"survey", run.toString(), "--items", "2", "--out", page.toString()};
    fails(2, "judge.key.json exists already, and answers to a survey need its key", words);
    assertThat(page).doesNotExist();
    succeeds("survey", run.toString(), "--items", "2", "--out", page.toString(), "--force");
    assertThat(folder.resolve("judge.key.json")).content().contains("seqgan survey key 1");
  }

  @Test
  void surveySaysWhatIsWrongWithACommandLine() {
    String out = folder.resolve("s.html").toString();
    fails(2, "expected one run or more, found none", "survey");
    fails(2, "--items must be at least 1", "survey", run.toString(), "--items", "0");
    fails(2, "ends in .html, found page.pdf", "survey", run.toString(), "--out", "page.pdf");
    fails(2, "60, found 61", "survey", run.toString(), "--items", "61", "--out", out);
    String twice = run.toString();
    fails(2, "twice", "survey", twice, twice, twice, "--items", "2", "--out", out);
    fails(5, "no checkpoint 'nowhere'", "survey", run + "@nowhere", "--out", out);
    fails(5, "none", "survey", folder.resolve("none").toString(), "--out", out);
    fails(2, "Missing required parameter", "survey", "score", "key.json");
    fails(3, "nokey.json: no such file", "survey", "score", "nokey.json", "a.json");
  }
}
