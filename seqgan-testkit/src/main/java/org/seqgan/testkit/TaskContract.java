package org.seqgan.testkit;

import static java.util.Comparator.comparingDouble;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.plugin.Option;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Corpus;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.api.task.Tune;

/**
 * What every task must do. Extend it and implement {@link #open}; give the {@link #provider} too,
 * so that what it tells is checked. {@link DataContext} serves a task that has no oracle.
 */
public abstract class TaskContract {
  private static final int SHOWN = 100;

  private Task task;

  /** The task, opened with the stream of a seed. The contract closes it. */
  protected abstract Task open(long seed);

  /**
   * The provider of the task, where what it tells is to be checked too. The contract opens nothing
   * by it.
   */
  protected Optional<TaskProvider<?>> provider() {
    return Optional.empty();
  }

  @BeforeEach
  final void openTheTask() {
    task = open(1);
  }

  @AfterEach
  final void closeTheTask() {
    task.close();
  }

  @Test
  final void everySetHasSequencesOfTheVocabulary() {
    for (Sequences set : sets(task)) {
      assertThat(set.count()).isPositive();
      assertThat(set.time()).isEqualTo(task.sequenceLength());
      SequenceChecks.assertFit(set, task.vocabulary());
    }
  }

  @Test
  final void trainingValidationAndTestAreDifferentSets() {
    assertThat(task.training()).isNotSameAs(task.validation()).isNotEqualTo(task.validation());
    assertThat(task.training()).isNotSameAs(task.test()).isNotEqualTo(task.test());
    assertThat(task.validation()).isNotSameAs(task.test()).isNotEqualTo(task.test());
  }

  @Test
  final void givesTheSameSetsEachTime() {
    assertThat(task.training()).isEqualTo(task.training());
    assertThat(task.validation()).isEqualTo(task.validation());
    assertThat(task.test()).isEqualTo(task.test());
  }

  @Test
  final void openingTwiceWithOneSeedGivesEqualData() {
    try (Task again = open(1)) {
      assertThat(again.vocabulary()).isEqualTo(task.vocabulary());
      assertThat(again.sequenceLength()).isEqualTo(task.sequenceLength());
      assertThat(sets(again)).isEqualTo(sets(task));
    }
  }

  @Test
  final void showsEverySequenceAsText() {
    for (Sequences set : sets(task)) {
      for (int i = 0; i < Math.min(SHOWN, set.count()); i++) {
        assertThat(task.show(set.row(i))).isEqualTo(task.show(set.row(i)));
      }
    }
    for (int token = 0; token < task.vocabulary().size(); token++) {
      assertThat(task.show(new int[] {token})).as("token %d", token).isNotNull();
    }
  }

  @Test
  final void writesEverySequenceAsTheSameFilesEachTime() {
    for (int[] tokens : someSequences()) {
      Map<String, byte[]> files = task.files(tokens);
      assertThat(files.keySet())
          .as("file-name endings of the sequences of one task")
          .isEqualTo(task.files(task.training().row(0)).keySet())
          .allSatisfy(ending -> assertThat(ending).matches("[a-z0-9]+"));
      Map<String, byte[]> again = task.files(tokens);
      files.forEach((ending, bytes) -> assertThat(again.get(ending)).as(ending).isEqualTo(bytes));
    }
  }

  @Test
  final void givesEverySequenceATuneOrNone() {
    boolean musical = task.tune(task.training().row(0)).isPresent();
    for (int[] tokens : someSequences()) {
      Optional<Tune> tune = task.tune(tokens);
      assertThat(tune).isEqualTo(task.tune(tokens));
      assertThat(tune.isPresent())
          .as("all sequences of a task are tunes, or none")
          .isEqualTo(musical);
      tune.ifPresent(
          notes ->
              assertThat(notes.notes()).isSortedAccordingTo(comparingDouble(Tune.Note::start)));
    }
  }

  /** Real sequences, and what an untrained generator may write: each token alone. */
  private List<int[]> someSequences() {
    List<int[]> some = new ArrayList<>();
    for (Sequences set : sets(task)) {
      for (int i = 0; i < Math.min(SHOWN, set.count()); i++) {
        some.add(set.row(i));
      }
    }
    for (int token = 0; token < Math.min(SHOWN, task.vocabulary().size()); token++) {
      some.add(new int[] {token});
    }
    return some;
  }

  @Test
  final void tellsOfItselfWithoutBeingOpened() {
    provider().ifPresent(TaskContract::assertTells);
  }

  private static void assertTells(TaskProvider<?> provider) {
    assertThat(provider.name()).matches("[a-z][a-z0-9-]{0,39}");
    assertThat(provider.description()).isNotBlank().doesNotContain("\n");
    assertThat(provider.apiVersion()).isEqualTo(ApiVersion.CURRENT);
    assertThat(provider.optionsType().getRecordComponents())
        .allSatisfy(
            option ->
                assertThat(option.isAnnotationPresent(Option.class))
                    .as("@Option of %s", option.getName())
                    .isTrue());
    assertThat(provider.corpus()).as("a constant").isEqualTo(provider.corpus());
    provider.corpus().ifPresent(TaskContract::assertCanBeFetched);
  }

  private static void assertCanBeFetched(Corpus corpus) {
    assertThat(corpus.name()).matches("[a-z][a-z0-9-]{0,39}");
    assertThat(List.of(corpus.description(), corpus.licence()))
        .allSatisfy(line -> assertThat(line).isNotBlank().doesNotContain("\n"));
    assertThat(corpus.commit()).as("the name of a folder").matches("[A-Za-z0-9][A-Za-z0-9._-]*");
    assertThat(corpus.base().getScheme()).isIn("http", "https");
    assertThat(corpus.base().toString()).as("pinned to its version").contains(corpus.commit());
    assertThat(corpus.repository().isAbsolute()).isTrue();
  }

  @Test
  final void namesItsMetricsOnceEach() {
    assertThat(task.metrics()).isNotEmpty().doesNotHaveDuplicates();
  }

  @Test
  final void saysWhereItsDataComeFrom() {
    assertThat(task.provenance()).isNotEmpty().allSatisfy(this::isOneLine);
  }

  private void isOneLine(String line) {
    assertThat(line).isNotBlank().doesNotContain("\n");
  }

  @Test
  final void itsOracleKnowsItsSequences() {
    task.oracle().ifPresent(this::assertKnowsTheTask);
  }

  private void assertKnowsTheTask(Generator oracle) {
    Sequences samples = oracle.sample(13, Decoding.SAMPLE, RandomStream.of(1));
    assertThat(samples.time()).isEqualTo(task.sequenceLength());
    SequenceChecks.assertFit(samples, task.vocabulary());
    Sequences few = task.test().slice(0, Math.min(13, task.test().count()));
    for (float value : oracle.logProbabilities(few).values()) {
      assertThat(value).isFinite().isNotPositive();
    }
  }

  private static List<Sequences> sets(Task of) {
    return List.of(of.training(), of.validation(), of.test());
  }
}
