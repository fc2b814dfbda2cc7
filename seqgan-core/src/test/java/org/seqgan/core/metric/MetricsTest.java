package org.seqgan.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.metric.Metric;
import org.seqgan.api.metric.MetricInput;
import org.seqgan.api.metric.MetricProvider;
import org.seqgan.api.metric.Score;
import org.seqgan.api.metric.ScoreDescription;
import org.seqgan.api.metric.StandIn;
import org.seqgan.api.plugin.About;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Task;
import org.seqgan.core.config.OptionsBinder;
import org.seqgan.core.model.TinyModels;
import org.seqgan.core.registry.PluginKind;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.registry.RegisteredPlugin;

@DisplayName("Metrics")
class MetricsTest {
  /** The one metric that measures nothing of a task without tunes. */
  private static final String OF_TUNES_ALONE = "tune-mse";

  private static final OptionalInt NO_END = OptionalInt.empty();
  private static final OptionalInt END = OptionalInt.of(4);

  // ---- values ----

  @Test
  void diversityCountsSequencesAndNGrams() {
    Sequences samples = Sequences.ofRows(new int[][] {{1, 2, 1}, {1, 2, 1}, {1, 2, 3}, {0, 0, 0}});
    Map<String, Double> values = measure(List.of("distinct"), samples, NO_END);
    assertThat(values.keySet())
        .containsExactly(
            "distinct-sequences",
            "duplicates",
            "distinct-1",
            "distinct-2",
            "distinct-3",
            "distinct-4");
    assertThat(values.get("distinct-sequences")).isEqualTo(0.75);
    assertThat(values.get("duplicates")).isEqualTo(0.25);
    assertThat(values.get("distinct-1")).isEqualTo(4 / 12.0);
    assertThat(values.get("distinct-2")).isEqualTo(4 / 8.0);
    assertThat(values.get("distinct-3")).isEqualTo(3 / 4.0);
    assertThat(values.get("distinct-4")).as("of sequences that are shorter").isZero();
  }

  @Test
  void paddingAndEndTokensAreNotMeasured() {
    Sequences samples = Sequences.ofSampled(new int[] {4, 1, 1, 1, 1, 4, 2, 2, 1, 4, 3, 3}, 4, END);
    Map<String, Double> values =
        measure(List.of("distinct-sequences", "distinct-1", "distinct-2"), samples, END);
    assertThat(values.get("distinct-sequences")).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(values.get("distinct-1")).isEqualTo(0.5);
    assertThat(values.get("distinct-2")).isZero();
    assertThat(measure(List.of("bleu-2"), samples, END).get("bleu-2")).isFinite();
  }

  @Test
  void copiedSequencesAreFoundTokenForToken() {
    Sequences samples = Sequences.ofRows(new int[][] {{1, 2, 3, 4}, {1, 2, 3, 3}, {3, 2, 1, 4}});
    List<Score> scores = scores(List.of("copied"), samples, NO_END);
    assertThat(scores.get(0).value()).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(scores.get(0).perSequence().orElseThrow()).containsExactly(1, 0, 1);
  }

  @Test
  void aShorterTrainingSequenceIsNotACopyOfItsBeginning() {
    SequenceSet set = SequenceSet.of(Rows.of(List.of(List.of(1, 2, 3), List.of())));
    TokenRows rows = Rows.of(List.of(List.of(1, 2), List.of(1, 2, 3), List.of(), List.of(9)));
    List<Boolean> contained = new ArrayList<>();
    for (int row = 0; row < rows.count(); row++) {
      contained.add(set.contains(rows, row));
    }
    assertThat(contained).containsExactly(false, true, true, false);
  }

  @Test
  void likelihoodsAreMeansOverTokens() {
    try (TinyModels models = new TinyModels(5, 4, END);
        Generator generator = models.generator(1);
        Generator oracle = models.generator(2);
        TinyTask task = TinyTask.of(END, Optional.of(oracle))) {
      Sequences samples = generator.sample(20, Decoding.SAMPLE, RandomStream.of(3));
      List<Score> scores =
          catalog()
              .select(List.of("nll-oracle", "nll-gen"))
              .measure(
                  new MetricInput(samples, task, generator, models.backend(), RandomStream.of(4)));
      double oracleSum = -oracle.logProbabilities(samples).sum();
      assertThat(scores.get(0).value()).isCloseTo(oracleSum / samples.tokenCount(), within(1e-9));
      float[] each = scores.get(0).perSequence().orElseThrow();
      double sum = 0;
      for (int i = 0; i < each.length; i++) {
        sum += (double) each[i] * samples.length(i);
      }
      assertThat(sum).isCloseTo(oracleSum, within(1e-3));
      double testSum = -generator.logProbabilities(task.data().test()).sum();
      assertThat(scores.get(1).value())
          .isCloseTo(testSum / task.data().test().tokenCount(), within(1e-9));
    }
  }

  @Test
  void perplexityIsLowForWhatIsAlikeAndHighForTheRest() {
    Sequences alike = Sequences.ofRows(new int[][] {{1, 2, 3, 4}, {1, 2, 2, 4}});
    Sequences unlike = Sequences.ofRows(new int[][] {{0, 0, 0, 0}, {4, 4, 0, 1}});
    List<String> names = List.of("forward-perplexity", "reverse-perplexity");
    Map<String, Double> good = measure(names, alike, NO_END);
    Map<String, Double> bad = measure(names, unlike, NO_END);
    for (String name : names) {
      assertThat(good.get(name)).as(name).isGreaterThan(1).isLessThan(bad.get(name));
    }
  }

  @Test
  void bleuComesWithAValueForEachSequence() {
    Sequences samples = Sequences.ofRows(new int[][] {{1, 2, 1, 4}, {0, 0, 0, 0}});
    List<Score> scores = scores(List.of("bleu-2", "corpus-bleu-2"), samples, NO_END);
    float[] each = scores.get(0).perSequence().orElseThrow();
    assertThat(each[0]).isEqualTo(1);
    assertThat(each[1]).isZero();
    assertThat(scores.get(0).value()).isCloseTo(0.5, within(1e-12));
    assertThat(scores.get(1).perSequence()).isEmpty();
    assertThat(scores.get(1).value()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void selfBleuOfOneSampleIsRefused() {
    Sequences one = Sequences.ofRows(new int[][] {{1, 2, 1, 4}});
    assertThatThrownBy(() -> measure(List.of("self-bleu"), one, NO_END))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("at least 2 samples");
  }

  // ---- real data ----

  @Test
  void realDataTakesTheSamplesPlace() {
    try (TinyModels models = new TinyModels(5, 4, NO_END);
        Generator generator = models.generator(1);
        TinyTask task = TinyTask.of(NO_END, Optional.empty())) {
      MetricSelection all =
          catalog().select(List.of("nll-gen", "bleu-2", "copied", "self-bleu-2", "distinct-1"));
      Map<String, Score> real = new LinkedHashMap<>();
      all.measureReal(task, generator, models.backend(), 2, RandomStream.of(1))
          .forEach(score -> real.put(score.name(), score));
      assertThat(real.keySet()).containsExactly("bleu-2", "copied", "self-bleu-2", "distinct-1");
      assertThat(real.get("copied").value()).as("of the validation sequences").isEqualTo(0.5);
      assertThat(real.get("bleu-2").perSequence().orElseThrow()).hasSize(2);
      assertThat(real.get("self-bleu-2").description().identity().referenceCount())
          .as("others of as many training sequences as there are samples")
          .isEqualTo(1);
      Map<String, Double> ofTraining =
          measure(List.of("self-bleu-2"), task.data().training().slice(0, 2), NO_END);
      assertThat(real.get("self-bleu-2").value()).isEqualTo(ofTraining.get("self-bleu-2"));
      MetricInput validation =
          new MetricInput(
              task.data().validation(), task, generator, models.backend(), RandomStream.of(1));
      Score bleu = catalog().select(List.of("bleu-2")).measure(validation).get(0);
      assertThat(real.get("bleu-2").value()).isEqualTo(bleu.value());
    }
  }

  /** Fewer sequences have fewer n-grams in common with the test sequences. */
  @Test
  void theFloorOfNGramsIsOfAsManySequences() {
    try (TinyModels models = new TinyModels(5, 4, NO_END);
        Generator generator = models.generator(1);
        TinyTask task = TinyTask.of(NO_END, Optional.empty())) {
      List<String> names = List.of("ms-jaccard-2", "ngram-jsd-1", "c2st-accuracy");
      List<Score> real =
          catalog()
              .select(names)
              .measureReal(task, generator, models.backend(), 3, RandomStream.of(1));
      List<Score> ofTraining = scores(names, task.data().training(), NO_END);
      assertThat(real).extracting(Score::name).containsExactlyElementsOf(names);
      for (int i = 0; i < names.size(); i++) {
        assertThat(real.get(i).description()).isEqualTo(ofTraining.get(i).description());
        assertThat(real.get(i).value()).isEqualTo(ofTraining.get(i).value());
      }
    }
  }

  // ---- comparing ----

  @Test
  void unlikeScoresAreNotCompared() {
    Sequences two = Sequences.ofRows(new int[][] {{1, 2, 1, 4}, {0, 0, 0, 0}});
    Sequences three = Sequences.ofRows(new int[][] {{1, 2, 1, 4}, {0, 0, 0, 0}, {1, 1, 1, 1}});
    ScoreDescription few = scores(List.of("self-bleu-2"), two, NO_END).get(0).description();
    ScoreDescription more = scores(List.of("self-bleu-2"), three, NO_END).get(0).description();
    assertThatThrownBy(() -> few.identity().requireComparable(more.identity()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "scores of self-bleu-2 cannot be compared: number of references '1' and '2';"
                + " measure both in the same way");
    ScoreDescription bleuOfTwo = scores(List.of("bleu-2"), two, NO_END).get(0).description();
    ScoreDescription bleuOfThree = scores(List.of("bleu-2"), three, NO_END).get(0).description();
    bleuOfTwo.identity().requireComparable(bleuOfThree.identity());
    assertThatThrownBy(() -> bleuOfTwo.identity().requireComparable(few.identity()))
        .hasMessageContaining("metric 'bleu-2' and 'self-bleu-2'")
        .hasMessageContaining("references 'test sequences' and 'the samples themselves'");
    ScoreDescription ending = scores(List.of("bleu-2"), two, END).get(0).description();
    assertThatThrownBy(() -> bleuOfTwo.identity().requireComparable(ending.identity()))
        .hasMessageContaining("tokenisation");
  }

  /** So real data stand beside as many samples alone, and cells of other sizes are not compared. */
  @Test
  void theNumberOfSamplesIsPartOfAScoreThatDependsOnIt() {
    try (TinyTask task = TinyTask.of(NO_END, Optional.empty())) {
      List<String> depending = new ArrayList<>();
      for (MetricCatalog.Entry<?> entry : catalog().entries()) {
        Metric metric = metric(entry);
        List<ScoreDescription> ofOne = metric.describe(task, 1);
        List<ScoreDescription> ofTwo = metric.describe(task, 2);
        for (int i = 0; i < ofOne.size(); i++) {
          if (metric.standIn() == StandIn.TRAINING) {
            assertThat(ofOne.get(i).identity()).isNotEqualTo(ofTwo.get(i).identity());
            depending.add(ofOne.get(i).name());
          } else {
            assertThat(ofOne.get(i).identity()).isEqualTo(ofTwo.get(i).identity());
          }
        }
      }
      assertThat(depending).contains("self-bleu-2", "ms-jaccard-1", "ngram-jsd-4", "c2st-p");
    }
  }

  private static <O extends Record> Metric metric(MetricCatalog.Entry<O> entry) {
    return entry.provider().create(entry.options());
  }

  @Test
  void descriptionsAreThoseOfTheScores() {
    Sequences samples = Sequences.ofRows(new int[][] {{1, 2, 1, 4}, {0, 0, 0, 0}});
    try (TinyModels models = new TinyModels(5, 4, NO_END);
        Generator generator = models.generator(1);
        TinyTask task = TinyTask.of(NO_END, Optional.of(models.generator(2)))) {
      MetricCatalog catalog = catalog();
      MetricSelection all = catalog.select(catalog.names());
      List<Score> scores =
          all.measure(
              new MetricInput(samples, task, generator, models.backend(), RandomStream.of(1)));
      assertThat(scores.stream().map(Score::description).toList())
          .isEqualTo(all.describe(task, samples.count()))
          .hasSizeGreaterThan(20);
      for (MetricCatalog.Entry<?> entry : catalog.entries()) {
        assertThat(
                catalog.select(List.of(entry.name())).describe(task, 2).stream()
                    .map(ScoreDescription::name))
            .as("the names of %s", entry.name())
            .containsExactlyElementsOf(
                entry.name().equals(OF_TUNES_ALONE) ? List.of() : entry.scores());
      }
    }
  }

  // ---- choosing ----

  @Test
  void scoresAreChosenByTheirNameOrTheirMetrics() {
    Sequences samples = Sequences.ofRows(new int[][] {{1, 2, 1, 4}, {0, 0, 0, 0}});
    assertThat(measure(List.of("self-bleu-3", "nll-gen", "self-bleu-2"), samples, NO_END).keySet())
        .containsExactly("self-bleu-2", "self-bleu-3", "nll-gen");
    assertThat(measure(List.of("self-bleu"), samples, NO_END)).hasSize(4);
    assertThat(measure(List.of("bleu"), samples, NO_END)).hasSize(8);
  }

  @Test
  void aMisspeltMetricIsToldTheKnownOnes() {
    assertThatThrownBy(() -> catalog().select(List.of("nll-gen", "self-blue-2")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no metric is named 'self-blue-2'; known are self-bleu-2, ")
        .hasMessageContaining("reverse-perplexity");
  }

  @Test
  void aScoreThatTheTaskCannotHaveIsNamed() {
    try (TinyTask task = TinyTask.of(NO_END, Optional.empty())) {
      MetricSelection selection = catalog().select(List.of("nll-oracle", "nll-gen"));
      assertThat(selection.describe(task, 2)).hasSize(1);
      assertThatThrownBy(() -> selection.requireAll(task, 2))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("nll-oracle (it has no oracle)");
    }
  }

  @Test
  void aPluginAddsAMetricButNotAScoreThatIsThere() {
    MetricCatalog.Entry<?> bleu = entry(new BuiltInMetric.Bleu());
    MetricCatalog.Entry<?> longest = entry(new LongestProvider("longest"));
    assertThat(new MetricCatalog(List.of(bleu, longest)).select(List.of("longest"))).isNotNull();
    assertThatThrownBy(() -> new MetricCatalog(List.of(bleu, entry(new LongestProvider("bleu-2")))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("both give a score named 'bleu-2'");
  }

  // ---- temperatures ----

  @Test
  void colderSamplesAreLikelierAndLessVaried() {
    try (TinyModels models = new TinyModels(5, 4, NO_END);
        Generator generator = models.generator(1);
        TinyTask task = TinyTask.of(NO_END, Optional.of(models.generator(1)))) {
      MetricSelection metrics =
          catalog().select(List.of("nll-oracle", "nll-gen", "distinct-sequences"));
      List<TemperatureSweep.Point> points =
          TemperatureSweep.run(
              generator,
              task,
              models.backend(),
              metrics,
              List.of(0.3f, 1f, 3f),
              300,
              RandomStream.of(1));
      assertThat(points)
          .extracting(TemperatureSweep.Point::temperature)
          .containsExactly(0.3f, 1f, 3f);
      for (int i = 1; i < points.size(); i++) {
        List<Score> colder = points.get(i - 1).scores();
        List<Score> warmer = points.get(i).scores();
        assertThat(warmer)
            .extracting(Score::name)
            .containsExactly("nll-oracle", "distinct-sequences");
        assertThat(warmer.get(0).value()).isGreaterThan(colder.get(0).value());
        assertThat(warmer.get(1).value()).isGreaterThan(colder.get(1).value());
      }
    }
  }

  // ---- time ----

  /**
   * A stop is asked for between two metrics. Of the paper's size, with tokens of Zipf's law: a
   * third of a second here, where comparing each with each would take minutes.
   */
  @Test
  void noMetricThatCountsKeepsAPoliteStopWaiting() {
    List<String> counting =
        List.of(
            "bleu", "self-bleu", "distinct", "copied", "forward-perplexity", "reverse-perplexity");
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    try (TinyModels models = new TinyModels(5, 4, NO_END);
        Generator generator = models.generator(1)) {
      TinyTask task =
          new TinyTask(
              Vocabulary.fixedLength(5_000, 0),
              words(10_000, 1),
              words(1_000, 2),
              words(10_000, 3),
              Optional.empty());
      List<Long> times = new ArrayList<>();
      catalog()
          .select(counting)
          .measure(
              new MetricInput(
                  words(10_000, 4), task, generator, models.backend(), RandomStream.of(1)),
              () -> times.add(threads.getCurrentThreadCpuTime()));
      times.add(threads.getCurrentThreadCpuTime());
      assertThat(times).hasSize(counting.size() + 1);
      for (int i = 0; i < counting.size(); i++) {
        double seconds = (times.get(i + 1) - times.get(i)) / 1e9;
        assertThat(seconds).as("seconds of " + counting.get(i)).isLessThan(3);
      }
    }
  }

  private static Sequences words(int count, long seed) {
    Random random = new Random(seed);
    int[] tokens = new int[20 * count];
    Arrays.setAll(tokens, i -> (int) Math.pow(5_000, random.nextDouble()));
    return Sequences.ofSampled(tokens, 20, NO_END);
  }

  // ---- a world to measure in ----

  private static Map<String, Double> measure(
      List<String> names, Sequences samples, OptionalInt end) {
    Map<String, Double> values = new LinkedHashMap<>();
    scores(names, samples, end).forEach(score -> values.put(score.name(), score.value()));
    return values;
  }

  private static List<Score> scores(List<String> names, Sequences samples, OptionalInt end) {
    try (TinyModels models = new TinyModels(5, 4, end);
        Generator generator = models.generator(1);
        TinyTask task = TinyTask.of(end, Optional.empty())) {
      return catalog()
          .select(names)
          .measure(new MetricInput(samples, task, generator, models.backend(), RandomStream.of(1)));
    }
  }

  /** All metrics that are installed, with their defaults. */
  static MetricCatalog catalog() {
    PluginRegistry registry = PluginRegistry.discover(MetricsTest.class.getClassLoader());
    List<MetricCatalog.Entry<?>> entries = new ArrayList<>();
    for (RegisteredPlugin plugin : registry.plugins(PluginKind.METRIC)) {
      entries.add(entry((MetricProvider<?>) plugin.provider()));
    }
    return new MetricCatalog(entries);
  }

  private static MetricCatalog.Entry<?> entry(MetricProvider<?> provider) {
    return MetricCatalog.Entry.of(
        provider, new OptionsBinder().bind(provider.about().optionsType(), Map.of()));
  }

  /** The length of the longest sample, under any name. */
  private record LongestProvider(String name) implements MetricProvider<BuiltInMetric.NoOptions> {
    @Override
    public List<String> scores(BuiltInMetric.NoOptions options) {
      return List.of(name);
    }

    @Override
    public Metric create(BuiltInMetric.NoOptions options) {
      return new Metric() {
        @Override
        public List<ScoreDescription> describe(Task task, int samples) {
          return List.of();
        }

        @Override
        public List<Score> measure(MetricInput input) {
          return List.of();
        }

        @Override
        public StandIn standIn() {
          return StandIn.NONE;
        }
      };
    }

    @Override
    public About<BuiltInMetric.NoOptions> about() {
      return new About<>(
          name, "the longest sample", BuiltInMetric.NoOptions.class, ApiVersion.CURRENT);
    }
  }
}
