package org.seqgan.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A matrix in a file system of Hadoop")
class MatrixStoreTest {
  @TempDir private Path folder;
  private Path out;
  private MatrixStore store;

  @BeforeEach
  void open() throws IOException {
    out = folder.resolve("out");
    store = MatrixStore.open(out.toUri().toString(), new Configuration());
  }

  /** A folder of an attempt. */
  private Path attempt(String name, String figures, String... checkpoints) throws IOException {
    Path attempt = folder.resolve(name);
    write(attempt.resolve("cell.json"), "cell");
    write(attempt.resolve("run/metrics.jsonl"), figures);
    write(attempt.resolve("run/.lock"), "");
    for (String checkpoint : checkpoints) {
      write(attempt.resolve("run/checkpoints").resolve(checkpoint).resolve("weights"), checkpoint);
      write(attempt.resolve("run/checkpoints/next.tmp/weights"), "half");
    }
    return attempt;
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void goesOnWithTheCopyThatHasMost() throws IOException {
    assertThat(store.copy(attempt("a", "1\n2\n", "two"), "cell", "a.1")).isTrue();
    assertThat(store.copy(attempt("b", "1\n2\n3\n4\n", "four"), "cell", "b.1")).isTrue();
    assertThat(store.copy(attempt("c", "1\n2\n3\n", "three"), "cell", "c.1")).isTrue();
    Files.delete(out.resolve("spark/cell/b.1.whole")); // its machine went while it copied

    Path next = folder.resolve("work/cell.1");
    store.restore("cell", next);

    assertThat(next.resolve("run/metrics.jsonl")).hasContent("1\n2\n3\n");
    assertThat(next.resolve("run/checkpoints/three/weights")).hasContent("three");
    assertThat(next.resolve("run/checkpoints/next.tmp")).doesNotExist();
    assertThat(next.resolve("run/.lock")).doesNotExist();
    assertThat(next.resolve("cell.json")).hasContent("cell");
  }

  @Test
  void withoutACheckpointThereIsNothingToGoOnWith() throws IOException {
    assertThat(store.copy(attempt("a", "1\n"), "cell", "a.1")).isFalse();

    store.restore("cell", folder.resolve("work/cell.1"));

    assertThat(folder.resolve("work")).doesNotExist();
    assertThat(out.resolve("spark/cell/a.1")).doesNotExist();
  }

  @Test
  void aNewerCopyStandsForAnOlderOne() throws IOException {
    Path attempt = attempt("a", "1\n", "one");
    store.copy(attempt, "cell", "a.1");
    store.copy(attempt, "cell", "a.2");
    store.forget("cell", "a.1");

    assertThat(out.resolve("spark/cell")).isDirectoryNotContaining("glob:**a.1*");
    assertThat(out.resolve("spark/cell/a.2.whole")).exists();
  }

  @Test
  void whatEndedIsInItsPlaceAndItsCopiesAreGone() throws IOException {
    store.copy(attempt("a", "1\n", "one"), "cell", "a.1");
    store.copyEnded(attempt("b", "1\n2\n", "two"), "cell", "b");
    store.end("cell", "b");

    assertThat(out.resolve("cells/cell/run/metrics.jsonl")).hasContent("1\n2\n");
    assertThat(out.resolve("cells/cell/run/checkpoints/two/weights")).exists();
    assertThat(out.resolve("spark/cell")).doesNotExist();
    Path local = folder.resolve("local");
    store.fetchEnded("cell", local);
    assertThat(local.resolve("cells/cell/run/metrics.jsonl")).hasContent("1\n2\n");
    assertThat(local.resolve("cells/cell/run/checkpoints")).doesNotExist();
  }

  @Test
  void whatADriverDiedWhileItMovedCountsAsNotEnded() throws IOException {
    store.copyEnded(attempt("a", "1\n", "one"), "whole", "a");
    store.end("whole", "a");
    write(out.resolve("cells/half/cell.json"), "cell");
    write(out.resolve("spark/half/ending"), "");

    Path local = folder.resolve("local");
    store.fetch(local);

    assertThat(local.resolve("cells")).isDirectoryNotContaining("glob:**half");
    assertThat(local.resolve("cells/whole/cell.json")).exists();
    assertThat(out.resolve("cells/half")).doesNotExist();
    assertThat(out.resolve("cells/whole")).exists();
  }

  @Test
  void whatIsRunAgainGoesOnWithWhatThereIs() throws IOException {
    store.copyEnded(attempt("a", "1\n", "one"), "failed", "a");
    store.end("failed", "a");
    store.copyEnded(attempt("b", "1\n", "one"), "done", "b");
    store.end("done", "b");

    store.reopenUnless(List.of("done"));
    store.restore("failed", folder.resolve("work/failed.1"));

    assertThat(folder.resolve("work/failed.1/run/checkpoints/one/weights")).exists();
    assertThat(out.resolve("cells")).isDirectoryNotContaining("glob:**failed");
    assertThat(out.resolve("cells/done")).exists();
  }

  @Test
  void anotherMatrixIsNotOverwritten() throws IOException {
    store.requireVacant();
    assertThatThrownBy(store::requireThere)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("start it without --resume");
    write(out.resolve("plan.json"), "{}");
    assertThatThrownBy(store::requireVacant)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("exists already: use --resume to go on, or another --out");
  }

  @Test
  void saysHowFarTheCellsUnderWayAre() throws IOException {
    Path attempt = attempt("a", "1\n", "one");
    write(
        attempt.resolve("run/status.json"),
        """
        {"phase": "adversarial", "step": 50,
          "plan": {"generator-pretraining": 10, "discriminator-pretraining": 0, "adversarial": 200}}
        """);
    store.copy(attempt, "first", "a.1");
    store.copy(attempt("b", "1\n", "one"), "second", "b.1"); // which has not said anything yet

    assertThat(store.underWay())
        .isEqualTo(List.of(new CellStatus("first", "adversarial", 50, 200, 0.625)))
        .extracting(CellStatus::toString)
        .isEqualTo(List.of("first adversarial 50/200"));
    assertThat(SparkMatrix.clock(59)).isEqualTo("0:59");
    assertThat(SparkMatrix.clock(36_061)).isEqualTo("10:01:01");
  }
}
