package org.seqgan.core.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Sequences;
import org.seqgan.core.event.Shown;

/** {@link SurveyBuilder}: what is drawn, and in which order. */
class SurveyBuilderTest {
  private static final TuneTask TASK = TuneTask.of(false, 30);

  /** Any tokens, by the stream. */
  static final SurveyBuilder.Writer WRITER =
      (count, decoding, stream) ->
          Sequences.ofFullLength(
              IntStream.range(0, count * TuneTask.LENGTH).map(i -> stream.nextInt(12)).toArray(),
              TuneTask.LENGTH);

  static Survey survey(TuneTask task, int items, long seed) {
    SurveyBuilder builder = new SurveyBuilder(items, seed);
    builder.add("one", "words", task, WRITER, Decoding.SAMPLE);
    builder.add("two", "words", task, WRITER, Decoding.SAMPLE);
    return builder.build();
  }

  private static List<Shown> of(Survey survey, String source) {
    return survey.items().stream()
        .filter(item -> item.source().equals(source))
        .map(Survey.Item::shown)
        .toList();
  }

  @Test
  void takesAsManyDifferentItemsOfEachSource() {
    Survey survey = survey(TASK, 20, 1);
    assertThat(survey.sources()).containsExactly("real", "one", "two");
    for (String source : survey.sources()) {
      assertThat(of(survey, source)).hasSize(20).doesNotHaveDuplicates();
    }
    Set<Shown> real = new HashSet<>();
    for (int i = 0; i < TASK.test().count(); i++) {
      real.add(Shown.of(TASK, TASK.test().row(i)));
    }
    assertThat(of(survey, "real")).isSubsetOf(real);
    assertThat(survey.items()).extracting(Survey.Item::id).doesNotHaveDuplicates();
    assertThat(of(survey, "one")).doesNotContainAnyElementsOf(of(survey, "two"));
  }

  @Test
  void aSmallTestSetIsTakenWholeAndSaid() {
    SurveyBuilder builder = SurveyBuilder.ofUpTo(20, 1);
    builder.add("one", "words", TuneTask.of(false, 6), WRITER, Decoding.SAMPLE);
    Survey survey = builder.build();
    assertThat(of(survey, "real")).hasSize(6);
    assertThat(of(survey, "one")).hasSize(6);
    assertThat(survey.remarks())
        .contains(
            "real: 6 different sequences of the test set, which has 12: not the 20 that a survey"
                + " should have");
  }

  @Test
  void theSeedDecidesChoiceAndOrder() {
    assertThat(survey(TASK, 10, 7)).isEqualTo(survey(TASK, 10, 7));
    Survey other = survey(TASK, 10, 8);
    assertThat(other.id()).isNotEqualTo(survey(TASK, 10, 7).id());
    assertThat(other.items().stream().map(Survey.Item::source))
        .isNotEqualTo(survey(TASK, 10, 7).items().stream().map(Survey.Item::source).toList());
  }

  @Test
  void placesAndIdsSayNothingOfTheSource() {
    // Over 200 seeds each source is first about as often: 66.7 expected, standard deviation 6.7.
    // And its ids are as often in the lower half.
    int[] first = new int[3];
    int[] low = new int[3];
    for (int seed = 1; seed <= 200; seed++) {
      Survey survey = survey(TASK, 5, seed);
      first[survey.sources().indexOf(survey.items().get(0).source())]++;
      for (Survey.Item item : survey.items()) {
        low[survey.sources().indexOf(item.source())] += item.id().charAt(0) < '8' ? 1 : 0;
      }
    }
    for (int source = 0; source < 3; source++) {
      assertThat(first[source]).as("first, source %d, seeds 1 to 200", source).isBetween(40, 94);
      // 1000 ids of each: standard deviation 15.8.
      assertThat(low[source]).as("low ids, source %d", source).isBetween(436, 564);
    }
  }

  @Test
  void keepsCopiesOfTheDataAndCountsThem() {
    SurveyBuilder builder = new SurveyBuilder(20, 1);
    builder.add(
        "parrot",
        "words",
        TASK,
        (count, decoding, stream) -> TASK.test().slice(0, count),
        Decoding.SAMPLE);
    Survey survey = builder.build();
    assertThat(survey.remarks())
        .contains(
            "real: 20 different sequences of the test set, which has 60",
            "parrot: 20 samples; 10 of them repeat another, because the generator wrote too few"
                + " different ones; 20 equal a sequence of the data");
    assertThat(new HashSet<>(of(survey, "parrot"))).hasSize(10);
  }

  /** A model file may have another decoding than the model's own distribution. */
  @Test
  void saysHowAGeneratorIsJudged() {
    SurveyBuilder builder = new SurveyBuilder(2, 1);
    List<Decoding> asked = new ArrayList<>();
    builder.add(
        "cold",
        "words",
        TASK,
        (count, decoding, stream) -> {
          asked.add(decoding);
          return TASK.test().slice(0, count);
        },
        new Decoding(0.7f, 5, 1f));
    assertThat(asked).containsOnly(new Decoding(0.7f, 5, 1f));
    assertThat(builder.build().remarks())
        .anyMatch(
            remark ->
                remark.startsWith("cold: 2 samples at temperature 0.7, top-k 5, top-p 1.0; "));
  }

  @Test
  void refusesMoreItemsThanThereAreDifferentRealOnes() {
    assertThatThrownBy(() -> survey(TASK, 31, 1))
        .isInstanceOfSatisfying(
            UserException.class,
            e -> assertThat(e.kind()).isEqualTo(UserException.Kind.CONFIGURATION))
        .hasMessage(
            "expected at most as many items of each source as the test set has different"
                + " sequences, 30, found 31; ask for fewer with --items");
  }

  @Test
  void refusesRunsOfDifferentTasksAndTellsOfDifferentTestSets() {
    SurveyBuilder builder = new SurveyBuilder(5, 1);
    builder.add("one", "words", TASK, WRITER, Decoding.SAMPLE);
    assertThatThrownBy(() -> builder.add("two", "tunes", TASK, WRITER, Decoding.SAMPLE))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("task words with 12 tokens, found task tunes with 12 tokens in two");
    builder.add("three", "words", TuneTask.of(false, 20), WRITER, Decoding.SAMPLE);
    assertThat(builder.build().remarks())
        .contains(
            "three has another test set than the first run, from which the real sequences are");
  }
}
