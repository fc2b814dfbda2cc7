package org.seqgan.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.metric.MetricInput;
import org.seqgan.api.metric.Score;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.model.TinyModels;

@DisplayName("Metrics of padded sequences are those of their tokens")
class UnequalLengthsTest {
  private static final int TIME = 5;
  private static final int END = 4;
  private static final Vocabulary VOCABULARY = new Vocabulary(5, 0, OptionalInt.of(END));

  /** Texts of 0 to 5 tokens, an empty one, one of full length and one twice among them. */
  private record World(
      List<List<Integer>> training, List<List<Integer>> test, List<List<Integer>> samples) {
    static World of(long seed) {
      RandomStream stream = RandomStream.of(seed);
      List<List<Integer>> training = texts(15, stream);
      List<List<Integer>> samples = texts(12, stream);
      samples.add(training.get(7));
      return new World(training, texts(9, stream), samples);
    }

    private static List<List<Integer>> texts(int count, RandomStream stream) {
      List<List<Integer>> texts = Rows.random(count, TIME, END, stream);
      texts.add(List.of());
      texts.add(List.of(3, 1, 2, 0, 1));
      texts.add(texts.get(1));
      return texts;
    }
  }

  /** The texts with their end token where one has room, and anything at all after it. */
  private static Sequences padded(List<List<Integer>> texts) {
    int[] tokens = new int[texts.size() * TIME];
    int[] lengths = new int[texts.size()];
    for (int i = 0; i < lengths.length; i++) {
      List<Integer> row = ended(texts.get(i));
      lengths[i] = row.size();
      for (int t = 0; t < TIME; t++) {
        tokens[i * TIME + t] = t < row.size() ? row.get(t) : (i + t) % 7 - 1;
      }
    }
    return Sequences.of(tokens, lengths, TIME);
  }

  private static List<Integer> ended(List<Integer> text) {
    List<Integer> row = new ArrayList<>(text);
    if (row.size() < TIME) {
      row.add(END);
    }
    return row;
  }

  private static List<List<Integer>> endedAll(List<List<Integer>> texts) {
    return texts.stream().map(UnequalLengthsTest::ended).toList();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void textsAreComparedWithoutEndTokens(long seed) {
    World world = World.of(seed);
    Map<String, Double> scores = measure(world);
    List<List<Integer>> samples = world.samples();
    double size = samples.size();
    double distinct = new HashSet<>(samples).size() / size;
    assertScore(scores, "distinct-sequences", distinct, seed);
    assertScore(scores, "duplicates", 1 - distinct, seed);
    long copies = samples.stream().filter(world.training()::contains).count();
    assertScore(scores, "copied", copies / size, seed);
    for (int n = 1; n <= 4; n++) {
      assertScore(scores, "distinct-" + n, distinctNGrams(samples, n), seed);
    }
    for (int n = 2; n <= 5; n++) {
      double bleu = 0;
      double self = 0;
      for (int i = 0; i < samples.size(); i++) {
        List<List<Integer>> others = new ArrayList<>(samples);
        List<Integer> sample = others.remove(i);
        bleu += BleuTest.definition(sample, world.test(), n) / size;
        self += BleuTest.definition(sample, others, n) / size;
      }
      assertScore(scores, "bleu-" + n, bleu, seed);
      assertScore(scores, "self-bleu-" + n, self, seed);
    }
  }

  private static double distinctNGrams(List<List<Integer>> texts, int n) {
    Set<List<Integer>> different = new HashSet<>();
    int all = 0;
    for (List<Integer> text : texts) {
      for (int i = 0; i + n <= text.size(); i++) {
        different.add(text.subList(i, i + n));
        all++;
      }
    }
    return different.size() / (double) all;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {4, 5, 6})
  void corpusBleuSumsOverTextsWithoutEndTokens(long seed) {
    World world = World.of(seed);
    Map<String, Double> scores = measure(world);
    long matched = 0;
    long possible = 0;
    long length = 0;
    long closest = 0;
    for (List<Integer> sample : world.samples()) {
      for (Map.Entry<List<Integer>, Integer> own : BleuTest.nGrams(sample, 1).entrySet()) {
        int most =
            world.test().stream()
                .mapToInt(text -> BleuTest.nGrams(text, 1).getOrDefault(own.getKey(), 0))
                .max()
                .orElseThrow();
        matched += Math.min(own.getValue(), most);
      }
      possible += Math.max(1, sample.size());
      length += sample.size();
      closest +=
          IntStream.rangeClosed(0, TIME)
              .filter(size -> world.test().stream().anyMatch(text -> text.size() == size))
              .boxed()
              .min(
                  (a, b) ->
                      Math.abs(a - sample.size()) != Math.abs(b - sample.size())
                          ? Math.abs(a - sample.size()) - Math.abs(b - sample.size())
                          : a - b)
              .orElseThrow();
    }
    double brevity = length > closest ? 1 : Math.exp(1 - (double) closest / length);
    assertScore(scores, "corpus-bleu-1", brevity * matched / possible, seed);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {7, 8, 9})
  void likelihoodsCountTheEndTokenAsOneMore(long seed) {
    World world = World.of(seed);
    Map<String, Double> scores = measure(world);
    assertScore(scores, "nll-gen", nllOneByOne(world.test(), 1), seed);
    assertScore(scores, "nll-oracle", nllOneByOne(world.samples(), 2), seed);
    assertScore(scores, "forward-perplexity", perplexity(world.training(), world.samples()), seed);
    assertScore(scores, "reverse-perplexity", perplexity(world.samples(), world.test()), seed);
  }

  /** The mean over tokens, each text read alone by a model of its very length. */
  private static double nllOneByOne(List<List<Integer>> texts, long modelSeed) {
    double sum = 0;
    int tokens = 0;
    for (List<Integer> row : endedAll(texts)) {
      try (TinyModels models = new TinyModels(VOCABULARY.size(), row.size(), OptionalInt.of(END));
          Generator model = models.generator(modelSeed)) {
        int[] alone = row.stream().mapToInt(Integer::intValue).toArray();
        sum -= model.logProbabilities(Sequences.ofFullLength(alone, alone.length)).sum();
        tokens += alone.length;
      }
    }
    return sum / tokens;
  }

  private static double perplexity(List<List<Integer>> counted, List<List<Integer>> read) {
    KneserNeyModel model = new KneserNeyModel(Rows.of(endedAll(counted)), 3, VOCABULARY.size());
    double sum = 0;
    int tokens = 0;
    for (List<Integer> row : endedAll(read)) {
      sum += model.negativeLogLikelihoods(Rows.of(List.of(row)))[0];
      tokens += row.size();
    }
    return Math.exp(sum / tokens);
  }

  private static Map<String, Double> measure(World world) {
    try (TinyModels models = new TinyModels(VOCABULARY.size(), TIME, OptionalInt.of(END));
        Generator generator = models.generator(1);
        TinyTask task =
            new TinyTask(
                VOCABULARY,
                padded(world.training()),
                padded(world.test()),
                padded(world.test()),
                Optional.of(models.generator(2)))) {
      MetricInput input =
          new MetricInput(
              padded(world.samples()), task, generator, models.backend(), RandomStream.of(1));
      Map<String, Double> values = new LinkedHashMap<>();
      MetricCatalog catalog = MetricsTest.catalog();
      for (Score score : catalog.select(catalog.names()).measure(input)) {
        values.put(score.name(), score.value());
      }
      for (Score score : corpusBleu().measure(input)) {
        values.put(score.name(), score.value());
      }
      return values;
    }
  }

  /** The default orders begin at 2; of order 1 a plain computation is short. */
  private static BleuMetric corpusBleu() {
    return new BleuMetric(
        new BleuMetric.Options(List.of(1), BleuMetric.Source.TEST, 0, Smoothing.EPSILON));
  }

  private static void assertScore(
      Map<String, Double> scores, String name, double expected, long seed) {
    assertThat(scores).containsKey(name);
    assertThat(scores.get(name))
        .as("%s, seed %d", name, seed)
        .isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
  }
}
