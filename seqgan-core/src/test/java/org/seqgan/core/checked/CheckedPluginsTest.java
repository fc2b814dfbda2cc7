package org.seqgan.core.checked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.discriminator.TokenScorer;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.NextTokens;
import org.seqgan.api.generator.Policy;
import org.seqgan.api.metric.Better;
import org.seqgan.api.metric.Metric;
import org.seqgan.api.metric.MetricInput;
import org.seqgan.api.metric.Score;
import org.seqgan.api.metric.ScoreDescription;
import org.seqgan.api.metric.ScoreIdentity;
import org.seqgan.api.plugin.About;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.reward.Reward;
import org.seqgan.api.reward.RewardProvider;
import org.seqgan.api.reward.RewardRequest;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskData;
import org.seqgan.api.training.Trainer;
import org.seqgan.core.registry.PluginKind;
import org.seqgan.core.registry.PluginOrigin;

/** What plugins may not give, given by plugins that do nothing but answer. */
@DisplayName("A checked plugin")
class CheckedPluginsTest {
  private static final int END = 4;
  private static final Vocabulary VOCABULARY = new Vocabulary(5, 0, OptionalInt.of(END));
  private static final Sequences BATCH =
      Sequences.of(new int[] {1, 2, 3, 1, END, END}, new int[] {3, 2}, 3);
  private static final RandomStream STREAM = RandomStream.of(1);
  private static final PluginOrigin ORIGIN =
      PluginOrigin.of(
          PluginKind.REWARD, answering(RewardProvider.class, Map.of("about", about("wrong"))));

  private record NoOptions() {}

  private static About<NoOptions> about(String name) {
    return new About<>(name, "made by a test", NoOptions.class, ApiVersion.CURRENT);
  }

  /** An implementation that answers some methods, and throws in all others. */
  private static <T> T answering(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (!answers.containsKey(method.getName())) {
                throw new IllegalStateException("oh");
              }
              return answers.get(method.getName());
            }));
  }

  private static <T> T answering(Class<T> type, String method, Object answer) {
    return answering(type, Map.of(method, answer));
  }

  private static AbstractThrowableAssert<?, ?> fault(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.PLUGIN))
        .hasMessageStartingWith("reward plugin 'wrong' (");
  }

  // ---- every part of a plugin ----

  static Stream<Object> parts() {
    return Stream.of(
        new CheckedPolicy(answering(Policy.class, Map.of()), ORIGIN, VOCABULARY, 3),
        new CheckedGenerator(answering(Generator.class, Map.of()), ORIGIN, VOCABULARY, 3),
        new CheckedDiscriminator(answering(Discriminator.class, Map.of()), ORIGIN),
        new CheckedReward(answering(Reward.class, Map.of()), ORIGIN),
        new CheckedMetric(answering(Metric.class, Map.of()), ORIGIN),
        new CheckedTrainer(answering(Trainer.class, Map.of()), ORIGIN),
        new CheckedTask(answering(Task.class, Given.GOOD), ORIGIN));
  }

  /** A method that is added to an interface some day must be checked, too, not passed over. */
  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("parts")
  void coversEveryMethodOfItsInterface(Object part) throws NoSuchMethodException {
    for (Method method : part.getClass().getInterfaces()[0].getMethods()) {
      assertThat(part.getClass().getMethod(method.getName(), method.getParameterTypes()))
          .extracting(checked -> checked.getDeclaringClass().getPackage())
          .as(method.toString())
          .isEqualTo(part.getClass().getPackage());
    }
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("parts")
  void namesThePluginWhereAnyMethodFails(Object part) throws IllegalAccessException {
    for (Method method : part.getClass().getInterfaces()[0].getMethods()) {
      Object[] arguments =
          Arrays.stream(method.getParameterTypes()).map(CheckedPluginsTest::argument).toArray();
      try {
        method.invoke(part, arguments);
        assertThat(Given.GOOD)
            .as(method + " was asked when it was opened")
            .containsKey(method.getName());
      } catch (InvocationTargetException e) {
        assertThat(e.getCause())
            .as(method.toString())
            .isInstanceOf(UserException.class)
            .hasMessageStartingWith("reward plugin 'wrong' (")
            .hasMessageContaining(" failed in " + method.getName() + ": IllegalStateException: oh");
      }
    }
  }

  private static Object argument(Class<?> type) {
    if (type == int.class || type == float.class) {
      return 1;
    }
    if (type == RewardRequest.class) {
      return request();
    }
    if (type == Sequences.class) {
      return BATCH;
    }
    if (type == Completions.class) {
      return new Completions(BATCH, 1, new int[][] {{1, 1}, {1, 1, 1, 1}}, VOCABULARY.endToken());
    }
    if (type == MetricInput.class) {
      return input(BATCH);
    }
    return null;
  }

  private static RewardRequest request() {
    return answering(RewardRequest.class, "sequences", BATCH);
  }

  private static MetricInput input(Sequences samples) {
    return new MetricInput(
        samples,
        answering(Task.class, Map.of()),
        answering(Generator.class, Map.of()),
        answering(TensorBackend.class, Map.of()),
        RandomStream.of(1));
  }

  @Nested
  class OfAGenerator {
    private CheckedGenerator generator(String method, Object answer) {
      return new CheckedGenerator(
          answering(Generator.class, method, answer), ORIGIN, VOCABULARY, 3);
    }

    private Sequences sample(Sequences answer) {
      return generator("sample", answer).sample(2, Decoding.SAMPLE, STREAM);
    }

    @Test
    void givesTheSamplesThatWereAskedFor() {
      assertThat(sample(BATCH)).isSameAs(BATCH);
      fault(() -> sample(BATCH.slice(0, 1)))
          .hasMessageContaining("gave [1, 3] tokens, expected [2, 3] in sample");
      fault(() -> sample(Sequences.ofRows(new int[][] {{1, 2}, {1, 2}})))
          .hasMessageContaining("gave [2, 2] tokens, expected [2, 3] in sample");
    }

    @Test
    void givesTokensOfTheVocabulary() {
      fault(() -> sample(Sequences.ofRows(new int[][] {{1, 2, 3}, {1, 5, 3}})))
          .hasMessageContaining(
              "gave token 5 at position 1 of sequence 1, expected 0 to 4 in sample");
      fault(() -> sample(Sequences.ofRows(new int[][] {{1, END, 3}, {1, 2, 3}})))
          .hasMessageContaining("end token 4 at position 1");
    }

    private Completions complete(int copies, int[]... drawn) {
      Completions answer = new Completions(BATCH, copies, drawn, VOCABULARY.endToken());
      return generator("complete", answer).complete(BATCH, 1, Decoding.SAMPLE, STREAM);
    }

    @Test
    void completesWithTokensOfTheVocabulary() {
      assertThat(complete(1, new int[] {1, 2}, new int[] {1, 2, 3, 9}).copies()).isEqualTo(1);
      fault(() -> complete(1, new int[] {1, 2}, new int[] {1, 2, -3, 9}))
          .hasMessageContaining("gave token -3 at position 2 of a completion, expected 0 to 4");
      fault(() -> complete(2, new int[4], new int[8]))
          .hasMessageContaining("gave 2 completions of each prefix of [2, 3] tokens, expected 1");
    }

    @Test
    void completionsEndWhereTheyEnd() {
      // The first sequence's prefix of length 1 goes on with the end, whatever stands behind it.
      assertThat(complete(1, new int[] {END, 2}, new int[] {99, 2, 3, 9}).copies()).isEqualTo(1);
    }

    @Test
    void givesALogProbabilityForEachToken() {
      assertThat(logProbabilities(0f, -1f, -2f, Float.NaN, Float.NEGATIVE_INFINITY, 0f))
          .isNotNull();
      fault(() -> logProbabilities(0f, -1f, 0.1f, -1f, -1f, 0f))
          .hasMessageContaining("gave the log-probability 0.1, expected at most 0");
      fault(
              () ->
                  generator("logProbabilities", new TokenValues(1, 3, new float[3]))
                      .logProbabilities(BATCH))
          .hasMessageContaining("gave [1, 3] values, expected [2, 3]");
    }

    private TokenValues logProbabilities(float... values) {
      return generator("logProbabilities", new TokenValues(2, 3, values)).logProbabilities(BATCH);
    }

    @Test
    void givesADistributionForEachCell() {
      assertThat(nextTokens(new NextTokens(5, new float[10])).count()).isEqualTo(2);
      fault(() -> nextTokens(new NextTokens(5, new float[5])))
          .hasMessageContaining("gave 1 distributions over 5 tokens, expected 2 over 5");
      fault(() -> nextTokens(new NextTokens(4, new float[8])))
          .hasMessageContaining("gave 2 distributions over 4 tokens, expected 2 over 5");
      float[] above = new float[10];
      above[7] = 0.5f;
      fault(() -> nextTokens(new NextTokens(5, above)))
          .hasMessageContaining("gave the log-probability 0.5, expected at most 0");
    }

    private NextTokens nextTokens(NextTokens answer) {
      return generator("nextTokens", answer).nextTokens(BATCH, new int[] {0, 4});
    }

    @Test
    void meetsItsOwnKind() {
      Generator[] met = new Generator[1];
      Generator plain = answering(Generator.class, Map.of());
      Generator moving =
          (Generator)
              Proxy.newProxyInstance(
                  Generator.class.getClassLoader(),
                  new Class<?>[] {Generator.class},
                  (proxy, method, arguments) -> {
                    met[0] = (Generator) arguments[0];
                    return null;
                  });
      new CheckedGenerator(moving, ORIGIN, VOCABULARY, 3)
          .moveTowards(new CheckedGenerator(plain, ORIGIN, VOCABULARY, 3), 1);
      assertThat(met[0]).isSameAs(plain);
    }
  }

  @Nested
  class OfADiscriminator {
    private float[] scores(Map<String, Object> answers) {
      return new CheckedDiscriminator(answering(Discriminator.class, answers), ORIGIN)
          .probabilityReal(BATCH);
    }

    private float[] scores(float... scores) {
      return scores(Map.of("probabilityReal", scores, "parameters", parameter(1f)));
    }

    private static NamedArrays parameter(float value) {
      return new NamedArrays(Map.of("w", new FloatArray(new int[] {2}, new float[] {1, value})));
    }

    @Test
    void givesAProbabilityForEachSequence() {
      assertThat(scores(0f, 1f)).containsExactly(0f, 1f);
      fault(() -> scores(0.5f)).hasMessageContaining("gave 1 probabilities for 2 sequences");
      fault(() -> scores(0.5f, 1.01f))
          .hasMessageContaining("gave 1.01 for sequence 1, expected a probability from 0 to 1");
      fault(() -> scores(-0.01f, 0.5f)).hasMessageContaining("gave -0.01 for sequence 0");
      fault(() -> scores(Float.NaN, 0.5f)).hasMessageContaining("gave NaN for sequence 0");
    }

    private float[] logOdds(float... odds) {
      Map<String, Object> answers = Map.of("logOdds", odds, "parameters", parameter(1f));
      return new CheckedDiscriminator(answering(Discriminator.class, answers), ORIGIN)
          .logOdds(BATCH);
    }

    @Test
    void givesFiniteLogOddsForEachSequence() {
      assertThat(logOdds(-40f, 40f)).containsExactly(-40f, 40f);
      fault(() -> logOdds(0.5f)).hasMessageContaining("gave 1 log-odds for 2 sequences");
      fault(() -> logOdds(0f, Float.POSITIVE_INFINITY))
          .hasMessageContaining(
              "gave Infinity for sequence 1, expected a finite number in logOdds");
    }

    private TokenValues tokenScores(int count, int time, float... values) {
      TokenScorer scorer = sequences -> new TokenValues(count, time, values);
      Map<String, Object> answers =
          Map.of("tokens", Optional.of(scorer), "parameters", parameter(1f));
      return new CheckedDiscriminator(answering(Discriminator.class, answers), ORIGIN)
          .tokens()
          .orElseThrow()
          .probabilityReal(BATCH);
    }

    @Test
    void givesAProbabilityForEachToken() {
      float[] right = new float[BATCH.count() * BATCH.time()];
      assertThat(tokenScores(BATCH.count(), BATCH.time(), right).values()).isEqualTo(right);
      fault(() -> tokenScores(1, 1, 0.5f)).hasMessageContaining("gave [1, 1] probabilities for [");
      float[] wrong = right.clone();
      wrong[0] = 1.5f;
      fault(() -> tokenScores(BATCH.count(), BATCH.time(), wrong))
          .hasMessageContaining("gave 1.5 for sequence 0, expected a probability from 0 to 1");
    }

    @Test
    void isNotAtFaultWhereItsParametersHaveDiverged() {
      Map<String, Object> diverged =
          Map.of(
              "probabilityReal",
              new float[] {Float.NaN, Float.NaN},
              "parameters",
              parameter(Float.POSITIVE_INFINITY));
      assertThatThrownBy(() -> scores(diverged))
          .isInstanceOf(NonFiniteParametersException.class)
          .hasMessage(
              "parameter 'w' of the discriminator became Infinity: training has diverged; lower the"
                  + " learning rate or set a (lower) clip-norm");
    }
  }

  @Nested
  class OfAReward {
    private TokenValues reward(TokenValues answer) {
      return new CheckedReward(answering(Reward.class, "reward", answer), ORIGIN).reward(request());
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void givesAFiniteNumberForEachToken(float value) {
      TokenValues good = new TokenValues(2, 3, new float[] {-1e30f, 0, 1, 2, 3, value});
      assertThat(reward(good)).as("what stands after the end does not count").isSameAs(good);
      fault(() -> reward(new TokenValues(2, 3, new float[] {0, 0, value, 0, 0, 0})))
          .hasMessageContaining(
              "gave %s for token 2 of sequence 0, expected a finite number in reward"
                  .formatted(value));
    }

    @Test
    void givesAsManyAsThereAreTokens() {
      fault(() -> reward(new TokenValues(3, 2, new float[6])))
          .hasMessageContaining("gave [3, 2] rewards for [2, 3] tokens");
    }
  }

  @Nested
  class OfARewardsFigures {
    private Map<String, Double> figures(Map<String, Double> answer) {
      return new CheckedReward(answering(Reward.class, "figures", answer), ORIGIN).figures();
    }

    @Test
    void haveNamesThatCanStandBesideOthers() {
      assertThat(figures(Map.of("rhymes-2", Double.NaN))).containsKey("rhymes-2");
      fault(() -> figures(Map.of("Rhymes of 2", 1.0)))
          .hasMessageContaining("named a figure 'Rhymes of 2', expected a lower-case letter");
    }
  }

  @Nested
  class OfAMetric {
    private static final ScoreDescription RHYME = description("rhyme");

    private static ScoreDescription description(String name) {
      return new ScoreDescription(
          new ScoreIdentity(name, "", 0, "", "", 1), Better.HIGHER, "made up");
    }

    private List<Score> measure(Score... scores) {
      return new CheckedMetric(
              answering(
                  Metric.class, Map.of("describe", List.of(RHYME), "measure", List.of(scores))),
              ORIGIN)
          .measure(input(BATCH));
    }

    @Test
    void givesTheScoresThatItDescribed() {
      assertThat(measure(Score.of(RHYME, 0.5))).hasSize(1);
      fault(() -> measure())
          .hasMessageContaining("gave the scores [], expected [rhyme] as it described in measure");
      fault(() -> measure(Score.of(description("metre"), 1)))
          .hasMessageContaining("gave the scores [metre], expected [rhyme]");
    }

    @Test
    void givesAValueForEachSequenceOrNone() {
      assertThat(measure(new Score(RHYME, 1, Optional.of(new float[2])))).hasSize(1);
      fault(() -> measure(new Score(RHYME, 1, Optional.of(new float[3]))))
          .hasMessageContaining("gave 3 values of rhyme for 2 sequences");
    }

    @Test
    void thatGivesNoNumberDoesNotEndTraining() {
      assertThat(measure(Score.of(RHYME, Double.NaN))).hasSize(1);
    }

    @Test
    void seesTheTaskAsItsPluginOpenedIt() {
      Task opened = answering(Task.class, Given.GOOD);
      Task[] seen = new Task[1];
      Metric metric =
          (Metric)
              Proxy.newProxyInstance(
                  Metric.class.getClassLoader(),
                  new Class<?>[] {Metric.class},
                  (proxy, method, arguments) -> {
                    seen[0] = (Task) arguments[0];
                    return List.of();
                  });
      new CheckedMetric(metric, ORIGIN).describe(new CheckedTask(opened, ORIGIN), 5);
      assertThat(seen[0]).isSameAs(opened);
    }
  }

  /** What a task answers that is as it should be. */
  private static final class Given {
    static final Map<String, Object> GOOD =
        Map.of("data", data(BATCH, BATCH, BATCH), "oracle", Optional.empty());

    static TaskData data(Sequences training, Sequences validation, Sequences test) {
      return new TaskData(VOCABULARY, training, validation, test, List.of(), List.of());
    }

    private Given() {}
  }

  @Nested
  class OfATask {
    private Task task(String method, Object answer) {
      Map<String, Object> answers = new java.util.HashMap<>(Given.GOOD);
      answers.put(method, answer);
      return new CheckedTask(answering(Task.class, answers), ORIGIN);
    }

    private Task task(Sequences training, Sequences validation, Sequences test) {
      return task("data", Given.data(training, validation, test));
    }

    @Test
    void hasSequencesOfItsLengthAndVocabulary() {
      Sequences none = BATCH.slice(0, 0);
      assertThat(task(BATCH, none, BATCH).data().validation().count()).isZero();
      fault(() -> task(BATCH, Sequences.ofRows(new int[][] {{1, 2, 3, 1}}), BATCH))
          .hasMessageContaining(
              "gave sequences of 4 positions, expected 3 as those to train on have in"
                  + " data().validation");
      fault(() -> task(BATCH, BATCH, Sequences.ofRows(new int[][] {{1, 7, 1}})))
          .hasMessageContaining(
              "gave token 7 at position 1 of sequence 0, expected 0 to 4 in data().test");
      fault(() -> task(none, BATCH, BATCH))
          .hasMessageContaining("gave no sequences, expected at least one in data().training");
    }

    @Test
    void readsTokensThatMayStandBeforeOthers() {
      assertThat(task("read", Optional.of(new int[] {1, 3})).read("x")).contains(new int[] {1, 3});
      assertThat(task("read", Optional.empty()).read("x")).isEmpty();
      for (int wrong : new int[] {-1, END, 5}) {
        fault(() -> task("read", Optional.of(new int[] {1, wrong})).read("x"))
            .hasMessageContaining(
                "gave token %d, expected 0 to 4 and no end token in read".formatted(wrong));
      }
    }

    @Test
    void hasAnOracleThatIsCheckedAsItsOwn() {
      Generator oracle =
          answering(Generator.class, "sample", Sequences.ofRows(new int[][] {{9, 9, 9}}));
      Policy checked = task("oracle", Optional.of(oracle)).oracle().orElseThrow();
      fault(() -> checked.sample(1, Decoding.SAMPLE, STREAM)).hasMessageContaining("gave token 9");
    }
  }
}
