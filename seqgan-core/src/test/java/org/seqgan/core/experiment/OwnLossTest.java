package org.seqgan.core.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.UserException;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Tokens;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.backend.UnaryOperation;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.model.AutoregressiveModel;
import org.seqgan.api.model.OnTape;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.SequenceClassifier;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskData;
import org.seqgan.api.training.TrainerContext;
import org.seqgan.core.TestBackends;
import org.seqgan.core.config.ExperimentConfig;
import org.seqgan.core.event.Phase;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.run.Checkpoint;
import org.seqgan.core.run.Position;

@DisplayName("A model of a run under a loss of its trainer's own")
class OwnLossTest {
  private static final OptimizerOptions ADAM = new OptimizerOptions(0.1f, 0.9f, 0.999f, 1e-8f, 5);

  private final PluginRegistry registry =
      PluginRegistry.discover(OwnLossTest.class.getClassLoader());
  private final TensorBackend backend = TestBackends.open("dl4j");
  private final Sequences batch = Sequences.ofRows(new int[][] {{1, 2, 3}, {3, 3, 1}});
  private final Task task =
      new Task() {
        @Override
        public TaskData data() {
          return new TaskData(
              Vocabulary.fixedLength(4, 0), batch, batch, batch, List.of(), List.of());
        }

        @Override
        public String show(int[] tokens) {
          return Arrays.toString(tokens);
        }
      };

  @AfterEach
  void close() {
    backend.close();
  }

  private RunModels models(String... settings) {
    List<String> all = new ArrayList<>(List.of("task.vocabulary-size=9"));
    all.addAll(List.of(settings));
    return new RunModels(
        ExperimentConfig.load(registry, "quickstart", all),
        backend,
        task,
        request -> {
          throw new AssertionError("nobody asks for a reward");
        });
  }

  /** A mediator and a critic with what trains them. */
  private final class Players {
    private final RunModels models;
    private final OnTape<AutoregressiveModel> mediator;
    private final OnTape<SequenceClassifier> critic;

    Players(RunModels models) {
      this.models = models;
      models.generator(TrainerContext.GENERATOR, ADAM, ADAM);
      this.mediator = models.onTape(models.generator("mediator", ADAM, ADAM), ADAM);
      this.critic = models.onTape(models.discriminator("critic", ADAM), ADAM);
      models.seal();
    }

    void step() {
      mediator.train(tape -> squares(tape, hidden(tape)), RandomStream.of(1));
      critic.train(tape -> squares(tape, logits(tape)), RandomStream.of(2));
    }

    private Variable hidden(Tape tape) {
      TensorScope scope = tape.scope();
      return mediator
          .forward()
          .hidden(tape, scope.ints(batch.tokens(), 2, 3), scope.ints(batch.lengths(), 2));
    }

    private Variable logits(Tape tape) {
      TensorScope scope = tape.scope();
      return critic
          .forward()
          .logits(
              tape,
              new Tokens.Ids(scope.ints(batch.tokens(), 2, 3)),
              scope.ints(batch.lengths(), 2));
    }

    private Variable squares(Tape tape, Variable values) {
      Variable all = tape.reshape(values, values.value().size());
      return tape.reduce(Reduction.MEAN, tape.unary(UnaryOperation.SQUARE, all), 0);
    }

    Map<String, List<Float>> saved() {
      Map<String, List<Float>> saved = new TreeMap<>();
      models
          .save()
          .forEach(
              (file, arrays) ->
                  arrays
                      .arrays()
                      .forEach(
                          (name, array) -> {
                            List<Float> values = new ArrayList<>();
                            for (float value : array.values()) {
                              values.add(value);
                            }
                            saved.put(file + " " + name, values);
                          }));
      return saved;
    }
  }

  @Test
  void isSavedAndGoesOnWithTheSameBits() {
    try (RunModels first = models("discriminator.filter-widths=[1,2]", FEW);
        RunModels second = models("discriminator.filter-widths=[1,2]", FEW)) {
      Players whole = new Players(first);
      Map<String, List<Float>> before = whole.saved();
      whole.step();
      whole.step();
      Players resumed = new Players(second);
      second.restore(
          new Checkpoint(
              new Position(Phase.ADVERSARIAL, 1), first.save(), Map.of(), Optional.empty()));
      whole.step();
      resumed.step();
      assertThat(resumed.saved()).isEqualTo(whole.saved());
      assertThat(whole.saved())
          .containsKeys("mediator-optimizer own.steps", "critic-optimizer own.steps");
      assertThat(whole.saved().get("mediator lstm.W")).isNotEqualTo(before.get("mediator lstm.W"));
      assertThat(whole.saved().get("generator lstm.W")).isEqualTo(before.get("generator lstm.W"));
    }
  }

  private static final String FEW = "discriminator.filter-counts=[2,2]";

  @Test
  void isRefusedInOneLineOfAModelThatIsNoFunctionOnATape() {
    try (RunModels models = models("generator=unigram")) {
      Generator generator = models.generator(TrainerContext.GENERATOR, ADAM, ADAM);
      assertThatThrownBy(() -> models.onTape(generator, ADAM))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "trainer 'seqgan' trains a generator by a loss of its own, which generator 'unigram' is not made for; choose another, such as generator = lstm, or another trainer");
    }
  }

  @Test
  void isNotForAFollowerWhoseOptimiserWouldNotBeSaved() {
    try (RunModels models = models()) {
      Generator generator = models.generator(TrainerContext.GENERATOR, ADAM, ADAM);
      Generator follower = models.follower("follower", generator);
      assertThatThrownBy(() -> models.onTape(follower, ADAM))
          .isInstanceOf(IllegalStateException.class);
    }
  }
}
