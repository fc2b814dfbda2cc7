package org.seqgan.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.UserCache;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.metric.Metric;
import org.seqgan.api.metric.MetricInput;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.model.TinyModels;

/** {@link LanguageModel} and {@link LanguageModelCache}. */
class LanguageModelTest {
  private static final int TIME = 4;
  private static final Vocabulary VOCABULARY = Vocabulary.fixedLength(6, 0);
  private static final LanguageModel.Options OPTIONS =
      new LanguageModel.Options(4, 5, 6, 16, 0.03f, 1);

  private final TinyModels models = new TinyModels(6, TIME, OptionalInt.empty());
  private final TensorBackend backend = models.backend();
  private final List<String> warnings = new ArrayList<>();

  @TempDir private Path folder;

  @AfterEach
  void close() {
    models.close();
  }

  private LanguageModel model(LanguageModel.Options options) {
    return new LanguageModel(backend, VOCABULARY, TIME, options);
  }

  private LanguageModelCache cache() {
    return new LanguageModelCache(new UserCache(folder), warnings::add);
  }

  private Sequences drawn(long model, int count, long seed) {
    try (Generator generator = models.generator(model)) {
      return generator.sample(count, Decoding.SAMPLE, RandomStream.of(seed));
    }
  }

  private double nll(NamedArrays parameters, Sequences read) {
    try (Generator trained = model(OPTIONS).with(parameters)) {
      return Likelihood.of(trained, read).nllPerToken();
    }
  }

  private static List<float[]> values(NamedArrays parameters) {
    return parameters.arrays().values().stream().map(NamedArrays.FloatArray::values).toList();
  }

  private static void assertSame(NamedArrays actual, NamedArrays expected) {
    assertThat(actual.names()).containsExactlyInAnyOrderElementsOf(expected.names());
    for (String name : expected.names()) {
      assertThat(actual.get(name).values()).as(name).isEqualTo(expected.get(name).values());
    }
  }

  // ---- training ----

  @Test
  void learnsItsDataAndNotOthers() {
    NamedArrays learned = model(OPTIONS).train(drawn(1, 300, 1));
    Sequences same = drawn(1, 300, 2);
    double untrained;
    try (Generator generator = model(OPTIONS).untrained()) {
      untrained = Likelihood.of(generator, same).nllPerToken();
    }
    assertThat(nll(learned, same)).isLessThan(untrained - 0.1);
    assertThat(nll(learned, drawn(2, 300, 2))).isGreaterThan(nll(learned, same) + 0.1);
  }

  @Test
  void theSeedDecides() {
    Sequences data = drawn(1, 60, 1);
    NamedArrays one = model(OPTIONS).train(data);
    assertSame(model(OPTIONS).train(data), one);
    NamedArrays other = model(new LanguageModel.Options(4, 5, 6, 16, 0.03f, 2)).train(data);
    assertThat(values(other)).noneMatch(array -> Arrays.equals(array, values(one).get(0)));
  }

  /** So long that sequences which are learned by heart make the held-out ones unlikely. */
  @Test
  void stopsBeforeItKnowsItsDataByHeart() {
    Sequences data = drawn(1, 30, 1);
    Sequences fresh = drawn(1, 400, 2);
    LanguageModel.Options eager = new LanguageModel.Options(16, 16, 1, 4, 0.05f, 1);
    LanguageModel.Options longer = new LanguageModel.Options(16, 16, 400, 4, 0.05f, 1);
    try (Generator byHeart = model(longer).untrained();
        Generator stopped = model(longer).with(model(longer).train(data));
        Generator once = model(eager).with(model(eager).train(data))) {
      for (int step = 0; step < 400; step++) {
        byHeart.trainMaximumLikelihood(data, 1, RandomStream.of(1));
      }
      double early = Likelihood.of(stopped, fresh).nllPerToken();
      assertThat(early).isLessThan(Likelihood.of(byHeart, fresh).nllPerToken() - 0.2);
      assertThat(early).isLessThan(Likelihood.of(once, fresh).nllPerToken() + 0.1);
    }
  }

  /** The untrained model would be the best that there was. */
  @Test
  void whatDivergesIsNoModel() {
    LanguageModel eager = model(new LanguageModel.Options(4, 5, 6, 16, 1e38f, 1));
    assertThatThrownBy(() -> eager.train(drawn(1, 40, 1)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has diverged in epoch 1")
        .hasMessageContaining("lower its learning-rate of 1.0E38");
  }

  @Test
  void oneSequenceIsLearnedToo() {
    Sequences one = drawn(1, 1, 1);
    try (Generator untrained = model(OPTIONS).untrained()) {
      assertThat(nll(model(OPTIONS).train(one), one))
          .isLessThan(Likelihood.of(untrained, one).nllPerToken());
    }
  }

  // ---- what is kept ----

  @Test
  void whatWasTrainedIsReadTheNextTime() throws IOException {
    Sequences data = drawn(1, 40, 1);
    NamedArrays first = cache().trained(model(OPTIONS), data);
    assertThat(cache().file(model(OPTIONS), data)).exists();
    assertSame(cache().trained(model(OPTIONS), data), first);
    assertThat(warnings).isEmpty();
    // Not merely trained again to the same end: what is kept is what counts.
    NamedArrays others = model(OPTIONS).train(drawn(2, 40, 1));
    cache().keep(model(OPTIONS), data, others);
    assertSame(cache().trained(model(OPTIONS), data), others);
    try (Stream<Path> files = Files.list(folder.resolve("language-models"))) {
      assertThat(files).as("nothing unfinished is left").hasSize(1);
    }
  }

  @Test
  void otherDataOptionsAndSeedsAreOtherModels() {
    Sequences data = drawn(1, 40, 1);
    Path file = cache().file(model(OPTIONS), data);
    List<Path> others =
        List.of(
            cache().file(model(OPTIONS), drawn(1, 40, 2)),
            cache().file(model(OPTIONS), data.slice(0, 39)),
            cache().file(model(new LanguageModel.Options(4, 5, 6, 16, 0.03f, 2)), data),
            cache().file(model(new LanguageModel.Options(4, 5, 7, 16, 0.03f, 1)), data),
            cache().file(model(new LanguageModel.Options(4, 6, 6, 16, 0.03f, 1)), data),
            cache()
                .file(
                    new LanguageModel(
                        backend, new Vocabulary(6, 1, OptionalInt.empty()), 4, OPTIONS),
                    data));
    assertThat(others).doesNotContain(file).doesNotHaveDuplicates();
    Sequences equal = data.slice(0, data.count());
    assertThat(cache().file(model(OPTIONS), equal)).isEqualTo(file);
  }

  @Test
  void whatIsDamagedIsToldAndMadeAnew() throws IOException {
    Sequences data = drawn(1, 40, 1);
    NamedArrays right = cache().trained(model(OPTIONS), data);
    Path file = cache().file(model(OPTIONS), data);
    byte[] whole = Files.readAllBytes(file);
    byte[] flipped = whole.clone();
    flipped[flipped.length - 3] ^= 1;
    for (byte[] damaged :
        List.of(flipped, Arrays.copyOf(whole, whole.length / 2), new byte[0], new byte[100])) {
      warnings.clear();
      Files.write(file, damaged);
      assertSame(cache().trained(model(OPTIONS), data), right);
      assertThat(warnings)
          .singleElement()
          .asString()
          .contains(file.toString(), "is trained anew, and replaces it")
          .doesNotContain("\n");
      assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    }
  }

  @Test
  void aModelOfOtherOptionsUnderItsNameIsNotTaken() throws IOException {
    Sequences data = drawn(1, 40, 1);
    LanguageModel other = model(new LanguageModel.Options(4, 5, 1, 16, 0.03f, 1));
    cache().trained(other, data);
    Files.move(cache().file(other, data), cache().file(model(OPTIONS), data));
    assertSame(cache().trained(model(OPTIONS), data), model(OPTIONS).train(data));
    assertThat(warnings).singleElement().asString().contains("trained in another way");
  }

  @Test
  void whereNothingCanBeWrittenItIsTrainedAllTheSame() throws IOException {
    Sequences data = drawn(1, 40, 1);
    Path inTheWay = Files.writeString(folder.resolve("file"), "");
    LanguageModelCache blocked = new LanguageModelCache(new UserCache(inTheWay), warnings::add);
    assertSame(blocked.trained(model(OPTIONS), data), model(OPTIONS).train(data));
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("cannot be kept in " + inTheWay, UserCache.VARIABLE);
  }

  // ---- the metrics ----

  private Map<String, Double> scores(Sequences samples) {
    Sequences training = drawn(1, 200, 1);
    TinyTask task =
        new TinyTask(VOCABULARY, training, drawn(1, 50, 3), drawn(1, 200, 4), Optional.empty());
    Map<String, Double> values = new LinkedHashMap<>();
    try (Generator generator = models.generator(1)) {
      for (Metric metric :
          List.of(
              LanguageModelMetric.forward(OPTIONS, new UserCache(folder)),
              LanguageModelMetric.reverse(OPTIONS, new UserCache(folder)))) {
        metric
            .measure(new MetricInput(samples, task, generator, backend, RandomStream.of(1)))
            .forEach(score -> values.put(score.name(), score.value()));
      }
    }
    return values;
  }

  @Test
  void theReverseScoreSeesDiversityAndTheOtherDoesNot() {
    Map<String, Double> good = scores(drawn(1, 200, 5));
    Sequences one = drawn(1, 200, 5);
    NamedArrays learned = model(OPTIONS).train(drawn(1, 200, 1));
    int likeliest = 0;
    for (int i = 0; i < one.count(); i++) {
      if (nll(learned, one.slice(i, i + 1)) < nll(learned, one.slice(likeliest, likeliest + 1))) {
        likeliest = i;
      }
    }
    int[] rows = new int[200];
    Arrays.fill(rows, likeliest);
    Map<String, Double> collapsed = scores(one.select(rows));
    assertThat(collapsed.get("lm-score")).isLessThan(good.get("lm-score"));
    assertThat(collapsed.get("reverse-lm-score")).isGreaterThan(good.get("reverse-lm-score") + 0.1);
  }

  /** The same model reads and is kept, whichever metric had it trained. */
  @Test
  void whatRealDataTaughtIsKeptByTheReverseScoreTooAndWhatSamplesTaughtIsNot() throws IOException {
    scores(drawn(1, 200, 5));
    try (Stream<Path> files = Files.list(folder.resolve("language-models"))) {
      assertThat(files).hasSize(1);
    }
    scores(drawn(1, 200, 1).slice(0, 150)); // the first training sequences
    try (Stream<Path> files = Files.list(folder.resolve("language-models"))) {
      assertThat(files).hasSize(2);
    }
  }
}
