package org.seqgan.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.GeneratorContext;
import org.seqgan.api.generator.NextTokens;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.api.random.RandomStream;
import org.seqgan.testkit.reference.ReferenceBackendProvider;
import org.seqgan.testkit.reference.ReferenceOptions;

@DisplayName("Sequences that begin with given tokens, against all that there are")
class ContinuationsTest {
  private static final int TIME = 4;
  private static final int DRAWS = 4096;
  private static final int[] BEGINNING = {2, 1};
  private static final Vocabulary FIXED = Vocabulary.fixedLength(4, 0);
  private static final Vocabulary VARIABLE = new Vocabulary(4, 0, OptionalInt.of(3));
  private static final OptimizerOptions ADAM = new OptimizerOptions(0.05f, 0.9f, 0.999f, 1e-8f, 5f);
  private static final List<Decoding> DECODINGS =
      List.of(
          Decoding.SAMPLE,
          Decoding.atTemperature(0.5f),
          new Decoding(1f, 2, 1f),
          new Decoding(1f, 0, 0.7f),
          new Decoding(1.5f, 3, 0.8f));

  /** The generators of the program. */
  private enum Kind {
    LSTM,
    GRU,
    TRANSFORMER,
    RELATIONAL_MEMORY,
    UNIGRAM,
    RANDOM;

    /** Parameters are large, so that tokens before matter. */
    Generator create(GeneratorContext context) {
      return switch (this) {
        case LSTM -> new LstmGeneratorProvider().create(context, new LstmOptions(4, 5, 0.9f));
        case GRU -> new GruGeneratorProvider().create(context, new GruOptions(4, 5, 0.9f));
        case TRANSFORMER ->
            new TransformerGeneratorProvider()
                .create(context, new TransformerOptions(6, 2, 2, 5, 1f, 0.9f));
        case RELATIONAL_MEMORY ->
            new RelationalMemoryGeneratorProvider()
                .create(context, new RelationalMemoryOptions(4, 2, 2, 3));
        case UNIGRAM -> counted(context);
        case RANDOM ->
            new RandomGeneratorProvider().create(context, new RandomGeneratorProvider.Options());
      };
    }

    private static Generator counted(GeneratorContext context) {
      Generator unigram = new UnigramGeneratorProvider().create(context, new UnigramOptions(0.5f));
      Sequences real =
          Sequences.ofSampled(
              new int[] {1, 1, 2, 3, 1, 0, 1, 2}, TIME, context.vocabulary().endToken());
      unigram.trainMaximumLikelihood(real, 1f, RandomStream.of(1));
      return unigram;
    }
  }

  /** A generator on the reference backend, and what is drawn from it. */
  private record Tiny(TensorBackend backend, Generator generator, Vocabulary vocabulary)
      implements AutoCloseable {
    static Tiny of(Kind kind, Vocabulary vocabulary) {
      TensorBackend backend =
          new ReferenceBackendProvider().open(new ReferenceOptions(new ByteSize(1 << 28)));
      return new Tiny(
          backend,
          kind.create(
              new ModelSetting.ForGenerator(
                  backend, vocabulary, TIME, RandomStream.of(7), ADAM, ADAM)),
          vocabulary);
    }

    Sequences draw(int[] beginning, int count, Decoding decoding, long seed) {
      return new Continuations(generator, vocabulary, TIME)
          .draw(beginning, count, decoding, RandomStream.of(seed));
    }

    /** The probability of each sequence that begins so, by the distributions of its tokens. */
    Map<List<Integer>, Double> expected(Sequences all, int prefix, Decoding decoding) {
      Map<List<Integer>, Double> expected = new HashMap<>();
      int[] cells = NextTokens.everyCell(all);
      NextTokens next = generator.nextTokens(all, cells);
      double[] probability = new double[all.count()];
      Arrays.fill(probability, 1);
      for (int row = 0; row < cells.length; row++) {
        int i = cells[row] / TIME;
        int t = cells[row] % TIME;
        if (t >= prefix) {
          probability[i] *= chances(next, row, decoding)[all.token(i, t)];
        }
      }
      for (int i = 0; i < all.count(); i++) {
        expected.put(listOf(all.row(i)), probability[i]);
      }
      return expected;
    }

    @Override
    public void close() {
      generator.close();
      backend.close();
    }
  }

  static Stream<Arguments> cases() {
    return Stream.of(Kind.values())
        .flatMap(
            kind ->
                Stream.of(FIXED, VARIABLE)
                    .flatMap(
                        vocabulary ->
                            DECODINGS.stream()
                                .map(decoding -> Arguments.of(kind, vocabulary, decoding))));
  }

  @ParameterizedTest(name = "{0}, {1}, {2}")
  @MethodSource("cases")
  void areDrawnAsOftenAsTheModelSays(Kind kind, Vocabulary vocabulary, Decoding decoding) {
    try (Tiny tiny = Tiny.of(kind, vocabulary)) {
      Sequences all = everySequence(vocabulary);
      Map<List<Integer>, Double> expected = tiny.expected(all, BEGINNING.length, decoding);
      assertThat(sum(expected)).isCloseTo(1, within(1e-5));
      Sequences drawn = tiny.draw(BEGINNING, DRAWS, decoding, 3);
      assertThat(drawn.count()).isEqualTo(DRAWS);
      assertFit(drawn, expected);
    }
  }

  /** The whole sequence's likelihood, over that of all that begin so: no other way to know it. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void areDrawnInProportionToTheirLikelihoods(Kind kind) {
    try (Tiny tiny = Tiny.of(kind, VARIABLE)) {
      Sequences all = everySequence(VARIABLE);
      TokenValues logs = tiny.generator().logProbabilities(all);
      Map<List<Integer>, Double> expected = new HashMap<>();
      for (int i = 0; i < all.count(); i++) {
        double log = 0;
        for (int t = 0; t < TIME; t++) {
          log += logs.get(i, t);
        }
        expected.put(listOf(all.row(i)), Math.exp(log));
      }
      double total = sum(expected);
      expected.replaceAll((sequence, probability) -> probability / total);
      assertFit(tiny.draw(BEGINNING, DRAWS, Decoding.SAMPLE, 4), expected);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void dependOnTheSeedAndTheirNumberAlone(Kind kind) {
    try (Tiny tiny = Tiny.of(kind, VARIABLE)) {
      Sequences many = tiny.draw(BEGINNING, 150, Decoding.SAMPLE, 5);
      assertThat(tiny.draw(BEGINNING, 150, Decoding.SAMPLE, 5)).isEqualTo(many);
      assertThat(tiny.draw(BEGINNING, 3, Decoding.SAMPLE, 5)).isEqualTo(many.slice(0, 3));
      assertThat(tiny.draw(BEGINNING, 70, Decoding.SAMPLE, 5)).isEqualTo(many.slice(0, 70));
      assertThat(tiny.draw(BEGINNING, 150, Decoding.SAMPLE, 6)).isNotEqualTo(many);
    }
  }

  @Test
  void mayLeaveOneTokenOrNearlyAllToDraw() {
    try (Tiny tiny = Tiny.of(Kind.LSTM, FIXED)) {
      for (int length = 1; length < TIME; length++) {
        int[] beginning = Arrays.copyOf(new int[] {3, 0, 2}, length);
        Sequences drawn = tiny.draw(beginning, 40, Decoding.SAMPLE, 1);
        assertThat(IntStream.range(0, 40))
            .allMatch(i -> Arrays.equals(Arrays.copyOf(drawn.row(i), beginning.length), beginning));
        assertThat(IntStream.range(0, 40).map(i -> drawn.token(i, TIME - 1)).distinct().count())
            .as("last tokens")
            .isGreaterThan(1);
      }
      assertThatThrownBy(() -> tiny.draw(new int[0], 1, Decoding.SAMPLE, 1))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> tiny.draw(new int[TIME], 1, Decoding.SAMPLE, 1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** Each that begins so, once. */
  private static Sequences everySequence(Vocabulary vocabulary) {
    int rest = TIME - BEGINNING.length;
    int count = (int) Math.pow(vocabulary.size(), rest);
    int[] tokens = new int[count * TIME];
    for (int i = 0; i < count; i++) {
      System.arraycopy(BEGINNING, 0, tokens, i * TIME, BEGINNING.length);
      for (int t = BEGINNING.length, left = i; t < TIME; t++, left /= vocabulary.size()) {
        tokens[i * TIME + t] = left % vocabulary.size();
      }
    }
    Sequences all = Sequences.ofSampled(tokens, TIME, vocabulary.endToken());
    Map<List<Integer>, Integer> first = new HashMap<>();
    return all.select(
        IntStream.range(0, count)
            .filter(i -> first.putIfAbsent(listOf(all.row(i)), i) == null)
            .toArray());
  }

  /** The distribution of one token, by what {@link Decoding} says. */
  private static double[] chances(NextTokens next, int row, Decoding decoding) {
    int size = next.vocabularySize();
    double[] weights =
        IntStream.range(0, size)
            .mapToDouble(v -> Math.exp(next.log(row, v) / decoding.temperature()))
            .toArray();
    int[] order =
        IntStream.range(0, size)
            .boxed()
            .sorted(Comparator.<Integer>comparingDouble(v -> -weights[v]))
            .mapToInt(v -> v)
            .toArray();
    int kept = decoding.topK() == 0 ? size : Math.min(size, decoding.topK());
    double total = IntStream.range(0, kept).mapToDouble(i -> weights[order[i]]).sum();
    double[] chances = new double[size];
    double sum = 0;
    for (int i = 0; i < kept && (decoding.topP() == 1f || sum < decoding.topP() * total); i++) {
      chances[order[i]] = weights[order[i]];
      sum += weights[order[i]];
    }
    for (int v = 0; v < size; v++) {
      chances[v] /= sum;
    }
    return chances;
  }

  /** Pearson's statistic, against what a true sampler exceeds once in 100,000 trials. */
  private static void assertFit(Sequences drawn, Map<List<Integer>, Double> expected) {
    Map<List<Integer>, Integer> found = new HashMap<>();
    for (int i = 0; i < drawn.count(); i++) {
      found.merge(listOf(drawn.row(i)), 1, Integer::sum);
    }
    assertThat(found.keySet())
        .allSatisfy(sequence -> assertThat(expected.get(sequence)).isNotNull().isPositive());
    double statistic = 0;
    int cells = 0;
    for (Map.Entry<List<Integer>, Double> entry : expected.entrySet()) {
      double mean = drawn.count() * entry.getValue();
      if (mean > 0) {
        double difference = found.getOrDefault(entry.getKey(), 0) - mean;
        statistic += difference * difference / Math.max(mean, 1);
        cells++;
      }
    }
    if (cells > 1) {
      assertThat(statistic).as("of %d sequences", cells).isLessThan(critical(cells - 1));
    }
  }

  /** The approximation of Wilson and Hilferty (1931). */
  private static double critical(int degrees) {
    double variance = 2 / (9.0 * degrees);
    return degrees * Math.pow(1 - variance + 4.2649 * Math.sqrt(variance), 3);
  }

  private static double sum(Map<List<Integer>, Double> probabilities) {
    return probabilities.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private static List<Integer> listOf(int[] tokens) {
    return Arrays.stream(tokens).boxed().toList();
  }
}
