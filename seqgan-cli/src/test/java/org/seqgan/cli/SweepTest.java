package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A sweep of the command line")
class SweepTest {
  private static final List<String> TINY =
      List.of(
          "backend=reference",
          "task.vocabulary-size=12",
          "task.sequence-length=4",
          "task.training-sequences=64",
          "task.test-sequences=16",
          "task.validation-sequences=8",
          "generator.embedding-size=4",
          "training.generator-pretraining.epochs=1",
          "training.discriminator-pretraining.rounds=0",
          "training.adversarial.rounds=0",
          "evaluation.samples=16");

  @TempDir private Path folder;

  @Test
  void leavesWhatItsMatrixFileLeavesAndGoesOnByEither() throws IOException {
    Path out = folder.resolve("out");
    List<String> words = new ArrayList<>(List.of("quickstart", "-m", "generator.hidden-size=4,6"));
    words.addAll(TINY);
    Program.Result done = matrix(out, words.toArray(String[]::new));
    assertThat(done.exitCode()).as(done.err()).isZero();
    assertThat(out.resolve("cells")).isDirectoryContaining("glob:**hidden-size4-seed1");
    assertThat(out.resolve("report.html")).exists();
    assertThat(out.resolve("summary.csv")).content().contains("nll-oracle");

    Path other = folder.resolve("other");
    String file = out.resolve("matrix.conf").toString();
    assertThat(matrix(other, file, "--dry-run", "--probe", "0").out()).contains("2 cells");
    Program.Result resumed = matrix(out, file, "--resume");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    words.add("--resume");
    assertThat(matrix(out, words.toArray(String[]::new)).exitCode()).isZero();
    words.add("-m");
    words.add("seed=1,2");
    assertThat(matrix(out, words.toArray(String[]::new)).err()).contains("for another matrix");
  }

  @Test
  void severalOptionsMultiplyInTheirOrderAndSeedsVaryLast() {
    assertThat(
            plan("-m", "training.adversarial.k=1,2", "-m", "seed=3,4", "-m", "reward=bleu,random"))
        .containsExactly(
            "training.adversarial.k=1 reward.name=bleu seed=3",
            "training.adversarial.k=1 reward.name=random seed=3",
            "training.adversarial.k=2 reward.name=bleu seed=3",
            "training.adversarial.k=2 reward.name=random seed=3",
            "training.adversarial.k=1 reward.name=bleu seed=4",
            "training.adversarial.k=1 reward.name=random seed=4",
            "training.adversarial.k=2 reward.name=bleu seed=4",
            "training.adversarial.k=2 reward.name=random seed=4");
  }

  @Test
  void valuesWithCommasStandAsInAFile() {
    assertThat(plan("-m", "discriminator.filter-widths=[1,2,3,4],[1,2,3,5]"))
        .containsExactly(
            "discriminator.filter-widths=[1,2,3,4] seed=1",
            "discriminator.filter-widths=[1,2,3,5] seed=1");
    assertThat(plan("-m", "training.adversarial.k={from=1, to=5, step=2}")).hasSize(3);
  }

  @Test
  void startsFromAConfigurationFileToo() throws IOException {
    Path file = Files.writeString(folder.resolve("My own.conf"), "seed = 7\nreward.roll-outs = 2");
    Program.Result result =
        matrix(folder, file.toString(), "-m", "training.batch-size=8,9", "--dry-run", "--probe=0");
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .contains("Matrix my-own-by-batch-size, 2 cells", "reward.roll-outs = 2", "seed=7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "training.batch-size=32,a | training.batch-size: expected a whole number from 1",
        "training.batch=32,64 | unknown key 'training.batch'",
        "training.batch-size=32,32 | axes.training.batch-size: expected each value once",
        "training.batch-size | expected key=value,value",
        "training.batch-size=8,,9 | training.batch-size: expected values between commas",
        "discriminator.filter-widths=[1,2 | expected every quotation mark and bracket closed",
        "seed=1,x | seeds: expected a whole number"
      })
  void aMistakeIsOneLineThatNamesTheKey(String word, String message) {
    Program.Result result = matrix(folder.resolve("none"), "quickstart", "-m", word, "--dry-run");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err().lines()).singleElement().asString().contains(message);
  }

  @Test
  void whatVariesIsGivenNoOtherValue() {
    String[] once = {"quickstart", "-m", "training.batch-size=8,9", "training.batch-size=10"};
    assertThat(matrix(folder, once).err()).contains("-m varies 'training.batch-size'");
    String[] twice = {"quickstart", "-m", "reward=bleu", "-m", "reward.name=random"};
    assertThat(matrix(folder, twice).err()).contains("found 'reward.name' twice");
  }

  @Test
  void whatIsComparedIsTheFirstScoreOrIsAskedFor() {
    String[] words = {"-m", "seed=1,2", "--dry-run", "--probe", "0", "--format", "json"};
    assertThat(matrix(folder, with(words, "poems")).out()).contains("\"metric\":\"bleu-2\"");
    assertThat(matrix(folder, with(words, "poems", "--metric", "nll-gen,bleu-2")).out())
        .contains("\"metric\":\"nll-gen\"", "\"further\":[\"bleu-2\"]");
    assertThat(matrix(folder, with(words, "quickstart", "task=music")).err())
        .contains("expected --metric beside -m: task 'music' says itself what is measured");
    assertThat(Program.run("matrix", "table1", "--metric", "bleu-2").err())
        .contains("--metric is for -m");
  }

  @Test
  void trainSaysHowASweepIsAskedFor() {
    assertThat(Program.run("train", "quickstart", "-m", "seed=1,2").err())
        .contains("seqgan matrix quickstart -m seed=1,2");
  }

  private static String[] with(String[] words, String... first) {
    List<String> all = new ArrayList<>(Arrays.asList(first));
    all.addAll(Arrays.asList(words));
    return all.toArray(String[]::new);
  }

  /** The words of each cell of a sweep of the quickstart. */
  private List<String> plan(String... words) {
    List<String> all = new ArrayList<>(List.of("quickstart", "--format", "json", "--dry-run"));
    all.addAll(List.of("--probe", "0"));
    all.addAll(Arrays.asList(words));
    Program.Result result = matrix(folder, all.toArray(String[]::new));
    assertThat(result.err()).isEmpty();
    List<String> cells = new ArrayList<>();
    try {
      new ObjectMapper()
          .readTree(result.out())
          .at("/plan/cells")
          .forEach(
              cell -> {
                List<String> overrides = new ArrayList<>();
                cell.get("overrides").forEach(word -> overrides.add(word.asText()));
                cells.add(String.join(" ", overrides));
              });
    } catch (IOException e) {
      throw new AssertionError(result.out(), e);
    }
    return cells;
  }

  private static Program.Result matrix(Path out, String... words) {
    List<String> all = new ArrayList<>(List.of("matrix", "--out", out.toString()));
    all.addAll(Arrays.asList(words));
    return Program.run(all.toArray(String[]::new));
  }
}
