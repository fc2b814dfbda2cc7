package org.seqgan.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.core.GoldenFile;

/** BLEU of NLTK's {@code bleu_score}: its smoothing method 1 adds an epsilon of 0.1. */
@DisplayName("BLEU and Self-BLEU equal NLTK's")
class BleuGoldenTest {
  private static final String SENTENCE = "mean_sentence_bleu_all_references_smoothing1";
  private static final String CORPUS = "corpus_bleu_all_references";
  private static final String SELF = "mean_self_bleu_smoothing1";

  static Stream<GoldenFile> files() {
    return GoldenFile.all("bleu");
  }

  @ParameterizedTest
  @MethodSource("files")
  void ofSentencesAgainstAllReferences(GoldenFile golden) {
    BleuMatches matches = matches(golden, SENTENCE);
    assertEqual(golden.at(SENTENCE), n -> matches.meanSentence(n, Smoothing.EPSILON));
  }

  @ParameterizedTest
  @MethodSource("files")
  void ofTheCorpus(GoldenFile golden) {
    BleuMatches matches = matches(golden, CORPUS);
    assertEqual(golden.at(CORPUS), n -> matches.corpus(n, Smoothing.NONE));
  }

  @ParameterizedTest
  @MethodSource("files")
  void ofEachAgainstTheOthers(GoldenFile golden) {
    BleuMatches matches =
        BleuReferences.matchEachAgainstTheOthers(
            rows(golden.at("hypotheses")), longest(golden.at(SELF)));
    assertEqual(golden.at(SELF), n -> matches.meanSentence(n, Smoothing.EPSILON));
  }

  private static BleuMatches matches(GoldenFile golden, String values) {
    return BleuReferences.of(rows(golden.at("references")), longest(golden.at(values)))
        .match(rows(golden.at("hypotheses")));
  }

  /** The largest n of values by n. */
  private static int longest(JsonNode values) {
    return values.properties().stream()
        .mapToInt(value -> Integer.parseInt(value.getKey()))
        .max()
        .orElseThrow();
  }

  private static void assertEqual(JsonNode expected, IntToDoubleFunction actual) {
    expected
        .properties()
        .forEach(
            value ->
                assertThat(actual.applyAsDouble(Integer.parseInt(value.getKey())))
                    .as("order %s", value.getKey())
                    .isCloseTo(value.getValue().doubleValue(), within(1e-9)));
  }

  private static TokenRows rows(JsonNode array) {
    List<List<Integer>> rows = new ArrayList<>();
    for (JsonNode row : array) {
      List<Integer> tokens = new ArrayList<>();
      row.forEach(token -> tokens.add(token.intValue()));
      rows.add(tokens);
    }
    return Rows.of(rows);
  }
}
