package org.seqgan.tasks.music;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.metric.Metric;
import org.seqgan.api.metric.MetricInput;
import org.seqgan.api.metric.Score;
import org.seqgan.api.metric.StandIn;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Task;
import org.seqgan.tasks.music.song.Keyboard;
import org.seqgan.testkit.DataContext;
import org.seqgan.testkit.reference.ReferenceBackendProvider;
import org.seqgan.testkit.reference.ReferenceOptions;

class TuneMseTest {
  private final Metric metric = new TuneMseProvider().create(new TuneMseProvider.Options());

  private static Task task() {
    return new MusicTaskProvider()
        .open(DataContext.offline(1), MusicTaskTest.options("sample", Windows.FIRST));
  }

  private Score measure(Task task, Sequences samples) {
    Generator none =
        (Generator)
            Proxy.newProxyInstance(
                Generator.class.getClassLoader(),
                new Class<?>[] {Generator.class},
                (proxy, method, arguments) -> {
                  throw new AssertionError("tune-mse asked the generator");
                });
    List<Score> scores;
    try (TensorBackend backend = new ReferenceBackendProvider().open(ReferenceOptions.defaults())) {
      scores = metric.measure(new MetricInput(samples, task, none, backend, RandomStream.of(1)));
    }
    assertThat(scores).singleElement().extracting(Score::name).isEqualTo("tune-mse");
    return scores.get(0);
  }

  private static Sequences changed(Sequences from, int positions, int semitones) {
    int[] tokens = from.tokens().clone();
    for (int row = 0; row < from.count(); row++) {
      for (int t = 0; t < positions; t++) {
        tokens[row * from.time() + t] += semitones;
      }
    }
    return Sequences.of(tokens, from.lengths(), from.time());
  }

  @Test
  void testTunesThemselvesHaveNone() {
    try (Task task = task()) {
      assertThat(measure(task, task.data().test()).value()).isZero();
    }
  }

  @Test
  void aTuneWithAFewNotesMovedIsAsFarAsTheirSquares() {
    try (Task task = task()) {
      Score score = measure(task, changed(task.data().test(), 4, 2));
      assertThat(score.value()).isCloseTo(4 * 2 * 2 / 32.0, within(1e-9));
      assertThat(score.perSequence().orElseThrow()).hasSize(task.data().test().count());
    }
  }

  @Test
  void aRestIsAnOctaveAway() {
    try (Task task = task()) {
      int[] tokens = task.data().test().row(0);
      tokens[5] = Keyboard.REST;
      Sequences one = Sequences.of(tokens, new int[] {32}, 32);
      assertThat(measure(task, one).value()).isCloseTo(144 / 32.0, within(1e-9));
    }
  }

  @Test
  void itIsTheMeanOfTheNearestByDefinition() {
    try (Task task = task()) {
      double sum = 0;
      for (int i = 0; i < task.data().validation().count(); i++) {
        double least = Double.MAX_VALUE;
        for (int j = 0; j < task.data().test().count(); j++) {
          double error = 0;
          for (int t = 0; t < 32; t++) {
            error +=
                Math.pow(task.data().validation().token(i, t) - task.data().test().token(j, t), 2)
                    / 32;
          }
          least = Math.min(least, error);
        }
        sum += least;
      }
      assertThat(measure(task, task.data().validation()).value())
          .isCloseTo(sum / task.data().validation().count(), within(1e-9))
          .isPositive();
    }
  }

  @Test
  void itSaysWhatItIsAndThatItIsNotThePapers() {
    try (Task task = task()) {
      var described = metric.describe(task, 100);
      assertThat(described).hasSize(1);
      assertThat(described.get(0).how()).contains("NOT comparable with the paper's undefined MSE");
      assertThat(described.get(0).identity().referenceCount())
          .isEqualTo(task.data().test().count());
      assertThat(described.get(0).identity().tokenisation()).contains("32 of 0.4 s each");
      assertThat(metric.standIn()).isEqualTo(StandIn.VALIDATION);
    }
  }

  @Test
  void aTaskThatIsNoMusicHasNoSuchScore() {
    Task other =
        (Task)
            Proxy.newProxyInstance(
                Task.class.getClassLoader(),
                new Class<?>[] {Task.class},
                (proxy, method, arguments) -> {
                  throw new AssertionError("tune-mse looked at a task of no music");
                });
    assertThat(metric.describe(other, 10)).isEmpty();
  }

  @Test
  void noSamplesAreAnError() {
    try (Task task = task()) {
      Sequences none = task.data().test().slice(0, 0);
      assertThatThrownBy(() -> measure(task, none))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("needs at least one sample");
    }
  }
}
