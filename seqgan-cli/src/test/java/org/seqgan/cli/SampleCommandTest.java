package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("seqgan sample: beginnings, numbers and formats")
class SampleCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path shared;
  private static Path plugins = Path.of("");
  private static Path words = Path.of("");
  private static Path tunes = Path.of("");

  @TempDir private Path folder;

  @BeforeAll
  static void train() throws IOException {
    plugins = FakeTunes.plugins(shared.resolve("plugins"));
    Path text = shared.resolve("pets.txt");
    List<String> lines = new ArrayList<>();
    for (String who : List.of("the cat", "a dog", "my \"old\" friend", "nobody")) {
      for (String does : List.of("sees", "hears", "wants", "forgets")) {
        for (String whom : List.of("the sea", "a song", "us, twice")) {
          lines.add(who + " " + does + " " + whom + ".");
        }
      }
    }
    Files.write(text, lines);
    words = shared.resolve("words");
    succeeds(
        train(
            words,
            "task=text",
            "task.data=" + text,
            "task.sequence-length=10",
            "training.batch-size=16"));
    tunes = shared.resolve("tunes");
    succeeds(train(tunes, "task=tunes"));
  }

  private static String[] train(Path run, String... task) {
    List<String> args = new ArrayList<>(List.of("train", "quickstart"));
    args.addAll(List.of(task));
    args.addAll(
        List.of(
            "evaluation.metrics=[nll-gen]",
            "evaluation.samples=20",
            "training.generator-pretraining.epochs=2",
            "training.discriminator-pretraining.rounds=1",
            "training.adversarial.rounds=1",
            "-q",
            "--run",
            run.toString()));
    return args.toArray(String[]::new);
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

  private static void fails(String message, String... words) {
    Program.Result result = program(words);
    assertThat(result.err()).isEqualTo("seqgan: " + message + System.lineSeparator());
    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
  }

  private static List<String> names(Path of) throws IOException {
    try (Stream<Path> files = Files.list(of)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  // ---- --prefix ----

  @Test
  void everySequenceBeginsWithThePrefix() {
    String[] asked = {"sample", words.toString(), "--number", "30", "--prefix", "the cat"};
    List<String> lines = succeeds(asked).lines().toList();
    assertThat(lines).hasSize(30).allMatch(line -> line.startsWith("the cat"));
    assertThat(lines.stream().distinct().count()).isGreaterThan(1);
    assertThat(succeeds(asked).lines().toList()).isEqualTo(lines);
    assertThat(
            succeeds("sample", words.toString(), "--count", "3", "--prefix", "the cat")
                .lines()
                .toList())
        .isEqualTo(lines.subList(0, 3));
  }

  @Test
  void aPrefixThatCannotBeReadIsSaid() {
    fails(
        "--prefix: token 2, 'zebra', is not in the vocabulary of "
            + vocabulary()
            + "; expected tokens that the training data have: write it as they do, or leave it out",
        "sample",
        words.toString(),
        "--prefix",
        "the zebra sees");
    fails(
        "--prefix has 12 tokens, expected at most 9: sequences of %s have up to 10, and one is left to draw; shorten it"
            .formatted(words),
        "sample",
        words.toString(),
        "--prefix",
        "the cat sees the cat sees the cat sees the cat sees");
    fails(
        "--prefix has no token; leave it out to draw whole sequences",
        "sample",
        words.toString(),
        "--prefix",
        "  ");
    fails(
        "--prefix is for tasks that read text, which the task of %s does not; leave it out to draw whole sequences"
            .formatted(tunes),
        "sample",
        tunes.toString(),
        "--prefix",
        "1 2");
  }

  private static String vocabulary() {
    String line =
        program("sample", words.toString(), "--prefix", "zebra").err().replaceFirst(".*of ", "");
    String size = line.replaceFirst("(?s);.*", "");
    assertThat(size).matches("[0-9]+");
    return size;
  }

  // ---- --format ----

  @Test
  void csvIsATableWithAHeader() {
    List<String> lines =
        succeeds("sample", words.toString(), "-n", "20", "--format", "csv", "--prefix", "us,")
            .lines()
            .toList();
    assertThat(lines).hasSize(21);
    assertThat(lines.get(0)).isEqualTo("number,text,tokens,checkpoint");
    assertThat(lines.get(1)).matches("1,\"us,.*\",[0-9]+( [0-9]+)*,adversarial-1");
  }

  @Test
  void tokensAreTheIdsOfATable() {
    String[] asked = {"sample", words.toString(), "-n", "5", "--format"};
    List<String> csv = succeeds(with(asked, "csv")).lines().skip(1).toList();
    List<String> tokens = succeeds(with(asked, "tokens")).lines().toList();
    assertThat(tokens).hasSize(5);
    for (int i = 0; i < 5; i++) {
      assertThat(csv.get(i)).endsWith("," + tokens.get(i) + ",adversarial-1");
    }
  }

  private static String[] with(String[] words, String another) {
    return Stream.concat(Stream.of(words), Stream.of(another)).toArray(String[]::new);
  }

  @Test
  void csvQuotesAsRfc4180Says() {
    String csv =
        succeeds("sample", words.toString(), "-n", "1", "--format", "csv", "--prefix", "us,");
    String json =
        succeeds("sample", words.toString(), "-n", "1", "--format", "json", "--prefix", "us,");
    String text = parsed(json).get("text").textValue();
    assertThat(csv.lines().toList().get(1)).startsWith("1,\"" + text.replace("\"", "\"\"") + "\",");
  }

  @Test
  void midiAndAbcAreFilesOfTheirOwn() throws IOException {
    Path out = folder.resolve("midi");
    assertThat(
            succeeds(
                    "sample",
                    tunes.toString(),
                    "--number=2",
                    "--format",
                    "midi",
                    "--out",
                    out.toString())
                .strip())
        .isEqualTo("2 .mid files in " + out);
    assertThat(names(out)).containsExactly("0001.mid", "0002.mid");
    Path abc = folder.resolve("abc");
    succeeds("sample", tunes.toString(), "-n", "1", "--format", "abc", "--out", abc.toString());
    assertThat(names(abc)).containsExactly("0001.abc");
  }

  @Test
  void aTableNamesTheFilesToo() {
    String out = folder.resolve("both").toString();
    List<String> lines =
        succeeds("sample", tunes.toString(), "-n", "1", "--format", "csv", "--out", out)
            .lines()
            .toList();
    assertThat(lines.get(0)).isEqualTo("number,text,tokens,checkpoint,files");
    assertThat(lines.get(1)).endsWith(",0001.abc 0001.mid");
  }

  @Test
  void tunesAreForTasksOfTunesAndFolders() {
    fails(
        "--format midi makes files; name a folder for them with --out",
        "sample",
        tunes.toString(),
        "--format",
        "midi");
    Path out = folder.resolve("none");
    fails(
        "--format abc is for tasks of tunes, the task of %s makes no .abc of its sequences; take text, json, csv or tokens"
            .formatted(words),
        "sample",
        words.toString(),
        "--format",
        "abc",
        "--out",
        out.toString());
    assertThat(out).doesNotExist();
  }

  // ---- the checkpoint ----

  @Test
  void everyStepThatWasKeptCanBeDrawnFrom() {
    for (String step : List.of("generator-pretraining-2", "adversarial-1")) {
      JsonNode object =
          parsed(
              succeeds(
                  "sample",
                  words.toString(),
                  "--step",
                  step,
                  "--number",
                  "1",
                  "--prefix",
                  "nobody",
                  "--temperature",
                  "0.5",
                  "--top-k",
                  "3",
                  "--top-p",
                  "0.9",
                  "--format",
                  "json"));
      assertThat(object.get("checkpoint").textValue()).isEqualTo(step);
      assertThat(object.get("text").textValue()).startsWith("nobody");
    }
  }

  private static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new AssertionError(json, e);
    }
  }
}
