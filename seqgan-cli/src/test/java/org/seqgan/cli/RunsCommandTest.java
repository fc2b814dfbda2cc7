package org.seqgan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("seqgan runs")
class RunsCommandTest {
  @TempDir private static Path trained;
  @TempDir private Path folder;
  private Path first;
  private Path second;

  @BeforeAll
  static void train() {
    List<String> words = TinyRun.train(trained.resolve("run"), 1, 0, 0);
    Program.Result result = Program.run(words.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  @BeforeEach
  void twoRuns() throws IOException {
    first = copy("first");
    second = copy("second 春");
    edit(second.resolve("config.conf"), "^seed = 1 ", "seed = 10 ");
    edit(second.resolve("status.json"), "\"finished\"", "\"interrupted\"");
    edit(second.resolve("metrics.jsonl"), "\"nll-oracle\":", "\"nll-oracle\":1");
  }

  private Path copy(String name) throws IOException {
    Path to = folder.resolve("runs").resolve(name);
    try (Stream<Path> files = Files.walk(trained.resolve("run"))) {
      for (Path file : files.toList()) {
        Path target = to.resolve(trained.resolve("run").relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    return to;
  }

  private static void edit(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    assertThat(text).containsPattern(from);
    Files.writeString(file, text.replaceAll(from, to));
  }

  @Test
  void listsRunsWithTheirStateProgressAndFirstMetric() {
    List<String> lines = runs(folder.toString()).out().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).matches("run +state +progress +nll-oracle +updated +task .*");
    assertThat(lines.get(1)).contains("first", "finished", "generator-pretraining 1/1", "oracle");
    // The second character of the name takes two columns.
    assertThat(lines.get(2).indexOf("interrupted")).isEqualTo(lines.get(1).indexOf("finished") - 1);
  }

  @Test
  void filtersAndSortsByColumnsMetricsAndTags() throws IOException {
    assertThat(names("--sort", "nll-oracle")).containsExactly("first", "second 春");
    assertThat(names("--sort", "nll-oracle", "--reverse")).containsExactly("second 春", "first");
    assertThat(names("--sort", "seed", "--reverse")).containsExactly("second 春", "first");
    assertThat(names("--filter", "state=interrupted")).containsExactly("second 春");
    assertThat(names("--filter", "nll-oracle<10")).containsExactly("first");
    assertThat(names("--filter", "seed>1", "--filter", "task=orac*")).containsExactly("second 春");
    assertThat(names("--filter", "run=*first")).containsExactly("first");
    assertThat(names("--filter", "nll-oracle>1000")).isEmpty();
    runs("tag", first.toString(), "--add", "good,春水");
    for (String tags : List.of("春水", "春*", "*oo*", "good,春水")) {
      assertThat(names("--filter", "tags=" + tags)).containsExactly("first");
    }
    assertThat(names("--filter", "tags=")).containsExactly("second 春");
  }

  @Test
  void theFormatsForProgramsHaveEverything() throws IOException {
    List<String> csv = runs(folder.toString(), "--format", "csv").out().lines().toList();
    assertThat(csv.get(0)).startsWith("run,state,progress,nll-oracle,tags,updated,task,trainer");
    assertThat(csv.get(1)).startsWith(first + ",finished,1,").endsWith(",");
    assertThat(csv).hasSize(3);
    JsonNode json = json(folder.toString(), "--format", "json");
    assertThat(json.get(0).get("state").asText()).isEqualTo("finished");
    assertThat(json.get(1).get("metrics").get("nll-oracle").asDouble()).isGreaterThan(10);
  }

  @Test
  void whatCannotBeReadIsARunThatIsBroken() throws IOException {
    Files.writeString(first.resolve("status.json"), "{");
    Program.Result result = runs(folder.toString());
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).containsPattern("first +broken");
    assertThat(result.err()).contains("first: broken: ").hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--sort stat | in --sort, found 'stat'; did you mean 'state'?",
        "--filter stat=x | in --filter, found 'stat'; did you mean 'state'?",
        "--filter state | expected --filter NAME=VALUE, NAME<NUMBER or NAME>NUMBER",
        "--filter seed<x | expected a number after < or > in --filter 'seed<x', found 'x'",
        "--metric bleu-9 | in --metric, found 'bleu-9'",
        "nowhere | expected a folder with runs, found nothing at nowhere"
      })
  void aMistakeIsOneLine(String words, String message) {
    List<String> all = new ArrayList<>(Arrays.asList(words.split(" ")));
    all.add(folder.toString());
    Program.Result result = runs(all.toArray(String[]::new));
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err().lines()).singleElement().asString().contains(message);
  }

  @Test
  void comparesWhatConfigurationsDifferInAndTheLastMetrics() throws IOException {
    Program.Result result = runs("compare", second.toString(), first.toString());
    assertThat(result.err()).isEmpty();
    List<String> lines = result.out().lines().toList();
    assertThat(lines.get(0)).matches(" +" + second + " +" + first);
    assertThat(lines.get(1)).matches("state +interrupted +finished");
    assertThat(lines.get(2)).matches("seed +10 +1");
    assertThat(result.out()).containsPattern("\nnll-oracle +1\\S+ +\\S+").doesNotContain("batch");
    JsonNode json = json("compare", first.toString(), second.toString(), "--format", "json");
    assertThat(json.at("/options/seed/1").asText()).isEqualTo("10");
    assertThat(json.get("options")).hasSize(1);
    assertThat(json.at("/metrics/nll-oracle/1").asDouble()).isGreaterThan(10);
    assertThat(runs("compare", first.toString()).err()).contains("at least two runs");
    assertThat(runs("compare", first.toString(), folder.toString()).exitCode()).isEqualTo(5);
  }

  @Test
  void tagsAreGivenAndTakenAway() {
    String run = first.toString();
    assertThat(runs("tag", run).out()).contains(": no tags");
    assertThat(runs("tag", run, "--add", "good,old", "--add", "good").out())
        .contains(": good, old");
    assertThat(runs("tag", run, "--remove", "old,none").out()).contains(": good");
    Program.Result wrong = runs("tag", run, second.toString(), "--add", "x".repeat(41));
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(runs("tag", run, second.toString()).out()).containsPattern(": good\n.*: no tags");
    assertThat(runs("tag", folder.toString(), "--add", "x").exitCode()).isEqualTo(5);
  }

  @Test
  void deletesWhatItNamedAfterAYesAlone() {
    String[] words = {"delete", first.toString(), second.toString()};
    Program.Result no = answering("n\n", words);
    assertThat(no.exitCode()).isZero();
    assertThat(no.out())
        .containsPattern("first +finished")
        .contains("Delete these 2 runs with everything in them? [y/N] ", "Nothing is deleted.");
    Program.Result nobody = answering("", words);
    assertThat(nobody.exitCode()).isEqualTo(2);
    assertThat(first).exists();
    Program.Result yes = answering("yes\n", words);
    assertThat(yes.exitCode()).isZero();
    assertThat(yes.out()).contains("Deleted " + first);
    assertThat(folder.resolve("runs")).isEmptyDirectory();
  }

  @Test
  void deletesNoneWhereOneCannotBeDeleted() throws IOException {
    Files.writeString(second.resolve("notes.txt"), "mine");
    Program.Result stranger = runs("delete", "--yes", first.toString(), second.toString());
    assertThat(stranger.exitCode()).isEqualTo(5);
    assertThat(stranger.err()).contains("no run wrote 'notes.txt' in it; nothing is deleted");
    Files.delete(second.resolve("notes.txt"));
    try (RandomAccessFile file = new RandomAccessFile(second.resolve(".lock").toFile(), "rw");
        FileLock lock = file.getChannel().lock()) {
      assertThat(lock.isValid()).isTrue();
      Program.Result used = runs("delete", "--yes", first.toString(), second.toString());
      assertThat(used.exitCode()).isEqualTo(5);
      assertThat(used.err()).contains("is being written by another process");
    }
    Path link = Files.createSymbolicLink(folder.resolve("link"), second);
    assertThat(runs("delete", "--yes", link.toString()).err()).contains("is a link to a run");
    assertThat(runs("delete", "--yes", folder.toString()).exitCode()).isEqualTo(5);
    assertThat(first).exists();
    assertThat(runs("delete", "--yes", second.toString()).exitCode()).isZero();
    assertThat(second).doesNotExist();
  }

  /** Of one that has not ended the run is what its next attempt goes on with. */
  @ParameterizedTest
  @ValueSource(strings = {"cells/a-seed1", "work/a-seed1.1"})
  void doesNotDeleteACellOfAMatrix(String place) throws IOException {
    Path cell = folder.resolve("matrix").resolve(place).resolve("run");
    Files.createDirectories(cell.getParent());
    Files.move(first, cell);
    Files.writeString(folder.resolve("matrix/plan.json"), "{}");
    Path link = Files.createSymbolicLink(folder.resolve("link"), cell.getParent());
    for (Path way : List.of(cell, link.resolve("run"))) {
      Program.Result result = runs("delete", "--yes", way.toString());
      assertThat(result.exitCode()).isEqualTo(5);
      assertThat(result.err()).contains("is a cell of the matrix " + folder.resolve("matrix"));
      assertThat(cell).exists();
    }
  }

  private List<String> names(String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of(folder.toString(), "--format", "json"));
    all.addAll(Arrays.asList(words));
    List<String> names = new ArrayList<>();
    json(all.toArray(String[]::new)).forEach(run -> names.add(run.get("name").asText()));
    return names;
  }

  private static JsonNode json(String... words) throws IOException {
    Program.Result result = runs(words);
    assertThat(result.err()).isEmpty();
    return new ObjectMapper().readTree(result.out());
  }

  private static Program.Result answering(String answer, String... words) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(answer.getBytes(UTF_8)));
    try {
      return runs(words);
    } finally {
      System.setIn(before);
    }
  }

  private static Program.Result runs(String... words) {
    List<String> all = new ArrayList<>(List.of("runs"));
    all.addAll(Arrays.asList(words));
    return Program.run(all.toArray(String[]::new));
  }
}
