package org.seqgan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Task;

/** What every task must do. Extend it and implement {@link #open}. */
public abstract class TaskContract {
  private static final int SHOWN = 100;

  private Task task;

  /** The task, opened with the stream of a seed. The contract closes it. */
  protected abstract Task open(long seed);

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
