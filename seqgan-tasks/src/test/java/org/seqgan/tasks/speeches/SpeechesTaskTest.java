package org.seqgan.tasks.speeches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.UserException;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.tasks.LetterCase;
import org.seqgan.testkit.DataContext;
import org.seqgan.testkit.TaskContract;

class SpeechesTaskTest extends TaskContract {
  private static final Path CORPUS = Path.of("..", "..", "shared", "data", "speeches");

  @TempDir private Path folder;

  @Override
  protected Optional<TaskProvider<?>> provider() {
    return Optional.of(new SpeechesTaskProvider());
  }

  @Override
  protected Task open(long seed) {
    return open("sample", 32, 1, DataContext.offline(seed));
  }

  private static Task open(String data, int length, int minimumCount, DataContext context) {
    return new SpeechesTaskProvider()
        .open(
            context,
            new SpeechesOptions(
                Path.of(data),
                SpeechUnit.PASSAGES,
                length,
                LetterCase.LOWER,
                minimumCount,
                0.05,
                0.1,
                1));
  }

  @Test
  void theSplitIsTheSameForEverySeedOfARun() {
    try (Task one = open(1);
        Task two = open(2)) {
      assertThat(two.data().vocabulary()).isEqualTo(one.data().vocabulary());
      assertThat(two.data().training()).isEqualTo(one.data().training());
      assertThat(two.data().test()).isEqualTo(one.data().test());
    }
  }

  @Test
  void theSampleSaysThatItIsNotTheCorpus() {
    try (Task task = open(1)) {
      assertThat(task.data().provenance())
          .startsWith(
              "data: built-in sample, written for seqgan, NOT the corpus; fetch the corpus with: seqgan data fetch speeches, then task.data=corpus",
              "read: 1 files, 120 paragraphs; left out: 0 of other speakers, and 0 stage directions",
              "cut: 120 passages of at most 32 tokens; removed: 0 that occur before; left out: 0 longer sentences")
          .anySatisfy(
              line ->
                  assertThat(line).startsWith("102 training, 6 validation and 12 test sequences"));
      assertThat(task.data().metrics()).startsWith("bleu-3", "bleu-4", "nll-gen");
    }
  }

  @Test
  void aSequenceEndsWithTheEndToken() {
    try (Task task = open(1)) {
      assertThat(task.data().vocabulary().endToken()).isEqualTo(OptionalInt.of(0));
      int[] first = task.data().training().row(0);
      assertThat(first[first.length - 1]).isZero();
      assertThat(task.show(first)).endsWith(".").doesNotContain("<end>");
    }
  }

  @Test
  void wordsOfTheTestSetThatWereNotTrainedOnAreUnknown() {
    try (Task task = open(1)) {
      assertThat(task.data().provenance())
          .anySatisfy(
              line ->
                  assertThat(line)
                      .matches(
                          "unknown: 0\\.0% of the training, [1-9].*% of the validation and [1-9].*% of the test tokens"));
    }
  }

  @Test
  void theCorpusIsReadWhole() {
    assumeThat(CORPUS).as("the corpus is not on this machine").exists();
    try (Task task = open("corpus", 32, 3, new DataContext(1, Optional.of(CORPUS)))) {
      assertThat(task.data().provenance().get(0))
          .contains("a4c8b38eeba49703f515a701db03e60417e042e6", "public domain");
      assertThat(task.data().provenance().get(1))
          .startsWith(
              "read: 50 files, 2832 paragraphs; left out: 85 of other speakers, and 1440 stage");
      assertThat(task.data().training().count()).isGreaterThan(5000);
      assertThat(task.data().vocabulary().size()).isBetween(3000, 5000);
      assertNothingIsLeftOfTheTranscript(task);
    }
  }

  @Test
  void noSequenceOfTheCorpusIsInTwoSets() {
    assumeThat(CORPUS).as("the corpus is not on this machine").exists();
    SpeechesOptions sentences =
        new SpeechesOptions(
            Path.of("corpus"), SpeechUnit.SENTENCES, 32, LetterCase.LOWER, 2, 0.05, 0.1, 1);
    DataContext context = new DataContext(1, Optional.of(CORPUS));
    try (Task task = new SpeechesTaskProvider().open(context, sentences)) {
      Set<String> training = shown(task, task.data().training());
      Set<String> validation = shown(task, task.data().validation());
      assertThat(validation).doesNotContainAnyElementsOf(training);
      assertThat(shown(task, task.data().test()))
          .doesNotContainAnyElementsOf(training)
          .doesNotContainAnyElementsOf(validation);
      assertThat(task.data().provenance())
          .as("of 430 and 860")
          .contains(
              "7305 training, 428 validation and 857 test sequences, 17.5 tokens on average; removed from validation and test: 5 that differ from one of an earlier set in <unk> alone");
    }
  }

  private static Set<String> shown(Task task, Sequences set) {
    return IntStream.range(0, set.count())
        .mapToObj(i -> task.show(set.row(i)))
        .collect(Collectors.toSet());
  }

  private static void assertNothingIsLeftOfTheTranscript(Task task) {
    Set<String> seen = new HashSet<>();
    for (Sequences set :
        List.of(task.data().training(), task.data().validation(), task.data().test())) {
      for (int i = 0; i < set.count(); i++) {
        String text = task.show(set.row(i));
        assertThat(text)
            .doesNotContain(
                "(applause", "(laughter", "audience:", "the president:", "\\", "[", "--");
        seen.add(text);
      }
    }
    assertThat(seen).hasSizeGreaterThan(5000);
  }

  @Test
  void aFolderOfOnesOwnIsRead() throws IOException {
    Files.writeString(folder.resolve("b.txt"), "One here.\r\nTwo here?\n\nThree here!");
    Files.writeString(folder.resolve("a.txt"), "President: A Name\n\nFour now. (Applause.)");
    Files.writeString(folder.resolve("c.md"), "Five here.");
    try (Task task = open(folder.toString(), 3, 1, DataContext.offline(1))) {
      assertThat(task.data().provenance())
          .startsWith(
              "data: " + folder,
              "read: 2 files, 4 paragraphs; left out: 0 of other speakers, and 1 stage directions");
      assertThat(task.data().training().length(0)).isEqualTo(3);
    }
  }

  @Test
  void nothingShortEnoughIsAnError() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "This is too long for us.");
    assertThatThrownBy(() -> open(file.toString(), 4, 1, DataContext.offline(1)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "%s has no sentence of at most sequence-length 4 tokens; found 1 paragraphs; left out: 0 of other speakers, and 0 stage directions; cut: 0 passages of at most 4 tokens; removed: 0 that occur before; left out: 1 longer sentences",
            file);
  }

  @Test
  void aRarityThatLeavesNoWordIsAnError() {
    assertThatThrownBy(() -> open("sample", 32, 100_000, DataContext.offline(1)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("occurs 100000 times");
  }

  @Test
  void theCorpusHasItsFiles() {
    assertThat(new SpeechesTaskProvider().corpus())
        .hasValueSatisfying(
            corpus -> {
              assertThat(corpus.files()).hasSize(50);
              assertThat(corpus.bytes()).isEqualTo(1_201_174L);
            });
  }

  @Test
  void aBeginningIsReadAsTheDataAre() {
    try (Task task = open(1)) {
      int[] row = task.data().training().row(0);
      String shown = task.show(row);
      int[] read = task.read(shown).orElseThrow();
      assertThat(read).isEqualTo(Arrays.copyOf(row, read.length));
      assertThat(row.length - read.length).as("its end").isBetween(0, 1);
      assertThatThrownBy(() -> task.read("and qwertz"))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("token 2, 'qwertz', is not in the vocabulary of ");
    }
  }
}
