package org.seqgan.core.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.discriminator.Scorer;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.reward.RewardContext;
import org.seqgan.api.reward.RewardRequest;
import org.seqgan.api.task.Tune;
import org.seqgan.core.MethodCase;
import org.seqgan.core.TestBackends;
import org.seqgan.core.model.TinyModels;

@DisplayName("The blended reward of ORGAN")
final class OrganGoldenTest {
  private static final int TIME = 4;

  static Stream<MethodCase> cases() {
    return MethodCase.of("organ");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isThatOfTheReference(MethodCase example) {
    Sequences sequences =
        Sequences.ofFullLength(example.integers("sequences"), example.shape("sequences")[1]);
    double[] discriminator = example.numbers("discriminator");
    double[] penalised = example.numbers("objective");
    double[] weights = BlendReward.weights(sequences);
    double[] reward = new double[penalised.length];
    for (int i = 0; i < reward.length; i++) {
      penalised[i] *= weights[i];
      reward[i] = BlendReward.mix(example.number("lambda"), discriminator[i], penalised[i]);
    }
    example.assertClose(penalised, "penalised", MethodCase.DOUBLE);
    example.assertClose(reward, "reward", MethodCase.DOUBLE);
  }

  /** Two of four are different, and one of them is there three times. */
  @Test
  void duplicatesDivideTheObjective() {
    Sequences batch = Sequences.ofRows(new int[][] {{1, 2}, {1, 2}, {2, 1}, {1, 2}});
    assertThat(BlendReward.weights(batch)).containsExactly(0.5 / 3, 0.5 / 3, 0.5, 0.5 / 3);
  }

  /** What stands after the end is not compared: the end token is. */
  @Test
  void aPrefixIsNoDuplicate() {
    Sequences batch = Sequences.of(new int[] {1, 1, 1, 1}, new int[] {1, 2}, 2);
    assertThat(BlendReward.weights(batch)).containsExactly(1, 1);
  }

  @ParameterizedTest
  @CsvSource({"0", "1"})
  void isTheDiscriminatorsAloneAtLambdaOne(int seed) {
    try (World world = new World(seed)) {
      float[] expected = new MonteCarloSearch(3).reward(world).values();
      assertThat(world.blend(1, Objective.Kind.DISTINCT_TOKENS).reward(world).values())
          .isEqualTo(expected);
      assertThat(world.blend(0.5, Objective.Kind.DISTINCT_TOKENS).reward(world).values())
          .isNotEqualTo(expected);
    }
  }

  /** By hand, from the completions that were drawn. */
  @Test
  void isTheObjectivesAloneAtLambdaZero() {
    try (World world = new World(2)) {
      float[] values = world.blend(0, Objective.Kind.DISTINCT_TOKENS).reward(world).values();
      Completions drawn = world.complete(3);
      int batch = world.sequences().count();
      double[] expected = new double[batch * TIME];
      for (int group = 0; group < drawn.rowCount() / batch; group++) {
        List<List<Integer>> rows = rows(drawn.rows(group * batch, (group + 1) * batch));
        for (int i = 0; i < batch; i++) {
          expected[i * TIME + group / 3] += penalised(rows, i) / 3;
        }
      }
      for (int i = 0; i < batch; i++) {
        expected[i * TIME + TIME - 1] = penalised(rows(world.sequences()), i);
      }
      for (int i = 0; i < values.length; i++) {
        assertThat((double) values[i]).as("token %d", i).isCloseTo(expected[i], offset(1e-6));
      }
      assertThat(world.discriminatorAsked).isFalse();
    }
  }

  private static List<List<Integer>> rows(Sequences batch) {
    List<List<Integer>> rows = new ArrayList<>();
    for (int i = 0; i < batch.count(); i++) {
      rows.add(Arrays.stream(batch.row(i)).boxed().toList());
    }
    return rows;
  }

  private static double penalised(List<List<Integer>> rows, int i) {
    double different = rows.stream().distinct().count();
    long same = rows.stream().filter(rows.get(i)::equals).count();
    double objective = rows.get(i).stream().distinct().count() / (double) rows.get(i).size();
    return objective * different / rows.size() / same;
  }

  /** A model of three tokens, so that completions repeat, and its request. */
  private static final class World implements RewardRequest, AutoCloseable {
    private final TinyModels models = new TinyModels(3, TIME, OptionalInt.empty());
    private final Generator policy = models.generator(3);
    private final Discriminator discriminator = models.discriminator(4);
    private final Sequences batch;
    private boolean discriminatorAsked;

    World(int seed) {
      batch = policy.sample(9, Decoding.SAMPLE, RandomStream.of(seed));
    }

    BlendReward blend(double lambda, Objective.Kind objective) {
      try (TensorBackend backend = TestBackends.open("reference")) {
        RewardContext context =
            context(backend, Vocabulary.fixedLength(3, 0), batch, row -> Optional.empty());
        return new BlendReward(context, new BlendReward.Options(lambda, objective, 2, 3));
      }
    }

    @Override
    public Sequences sequences() {
      return batch;
    }

    @Override
    public Completions complete(int copies) {
      return policy.complete(batch, copies, Decoding.SAMPLE, RandomStream.of(9));
    }

    @Override
    public Scorer discriminator() {
      discriminatorAsked = true;
      return discriminator;
    }

    @Override
    public String text(int i) {
      return "";
    }

    @Override
    public RandomStream stream() {
      return RandomStream.of(10);
    }

    @Override
    public void close() {
      discriminator.close();
      policy.close();
      models.close();
    }
  }

  private static RewardContext context(
      TensorBackend backend,
      Vocabulary vocabulary,
      Sequences training,
      Function<int[], Optional<Tune>> tune) {
    return new RewardContext(
        backend, vocabulary, training, Arrays::toString, tune, RandomStream.of(1));
  }

  private static float[] scores(
      Objective.Kind kind, Vocabulary vocabulary, Sequences sequences, boolean tunes) {
    Function<int[], Optional<Tune>> tune =
        row -> tunes ? Optional.of(OrganGoldenTest.tune(row)) : Optional.empty();
    try (TensorBackend backend = TestBackends.open("reference")) {
      return kind.of(context(backend, vocabulary, sequences, tune), 2).scores(sequences);
    }
  }

  /** Each token a note. */
  private static Tune tune(int[] pitches) {
    List<Tune.Note> notes = new ArrayList<>();
    for (int i = 0; i < pitches.length; i++) {
      notes.add(new Tune.Note(pitches[i], i, 1));
    }
    return new Tune(notes);
  }

  /**
   * C, G (fifth up), C (fifth down), D (second), G (fourth), E' (sixth), F' (second), Eb' (second).
   */
  @ParameterizedTest
  @CsvSource({"TONALITY, 1", "STEPS, 3", "MELODICITY, 3"})
  void objectivesOfTunesAreSharesOfIntervals(Objective.Kind objective, int intervals) {
    Sequences melody = Sequences.ofRows(new int[][] {{60, 67, 60, 62, 67, 76, 77, 75}});
    float[] scores = scores(objective, Vocabulary.fixedLength(128, 0), melody, true);
    assertThat(scores).containsExactly(intervals / 7f);
  }

  @Test
  void oneNoteHasNoIntervals() {
    Sequences melody = Sequences.ofRows(new int[][] {{60}});
    assertThat(scores(Objective.Kind.STEPS, Vocabulary.fixedLength(128, 0), melody, true))
        .containsExactly(0f);
  }

  @Test
  void theEndIsNoToken() {
    Vocabulary vocabulary = new Vocabulary(4, 0, OptionalInt.of(3));
    Sequences batch =
        Sequences.of(new int[] {1, 1, 2, 3, 3, 3, 3, 3, 1, 2, 1, 2}, new int[] {4, 1, 4}, 4);
    assertThat(scores(Objective.Kind.DISTINCT_TOKENS, vocabulary, batch, false))
        .containsExactly(2 / 3f, 0, 0.5f);
  }

  @Test
  void objectivesOfTunesNeedTunes() {
    Sequences batch = Sequences.ofRows(new int[][] {{1, 2}});
    assertThatThrownBy(
            () -> scores(Objective.Kind.TONALITY, Vocabulary.fixedLength(3, 0), batch, false))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(
            "reward blend with objective tonality needs a task of tunes (music, midi)");
  }
}
