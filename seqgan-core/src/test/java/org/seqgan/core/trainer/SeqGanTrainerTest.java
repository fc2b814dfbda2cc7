package org.seqgan.core.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.training.Trainer;
import org.seqgan.core.event.Phase;
import org.seqgan.core.event.TrainingEvent;
import org.seqgan.core.metric.MetricCatalog;
import org.seqgan.core.training.EvaluationOptions;
import org.seqgan.core.training.Evaluator;
import org.seqgan.core.training.StartingPoint;
import org.seqgan.core.training.TrainingLoop;
import org.seqgan.core.training.TrainingPlan;

/** Algorithm 1, by what it asks of players that compute nothing. */
@DisplayName("Algorithm 1")
class SeqGanTrainerTest {
  private static final OptimizerOptions ADAM = new OptimizerOptions(0.1f, 0.9f, 0.999f, 1e-8f, 5f);

  private static final SeqGanOptions.Baseline BASELINE = SeqGanOptions.Baseline.NONE;

  /** Two epochs; one set of negatives, twice; two rounds of 1 g-step and 2 d-steps of 1 epoch. */
  private static final SeqGanOptions OPTIONS =
      new SeqGanOptions(
          4,
          ADAM,
          new MaximumLikelihood.Options(ADAM, 2, MaximumLikelihood.Inputs.TEACHER_FORCING, 1f, 0f),
          new SeqGanOptions.DiscriminatorPretraining(1, 2),
          new SeqGanOptions.Adversarial(
              ADAM, 2, 1, 2, 1, 0, 1f, 1f, BASELINE, 0.9f, 1f, 5f, 0f, 0.3f));

  private static final int EVALUATED = 7;

  private static final List<String> EVALUATION = List.of("generator: sample " + EVALUATED);
  private static final List<String> EPOCH =
      List.of("generator: MLE step on 4", "generator: MLE step on 1");
  private static final List<String> BETA = List.of("roll-out-policy <- generator");
  private static final List<String> NEGATIVES =
      List.of("generator: sample 5", "discriminator: 5 real, 5 generated");
  private static final List<String> EPOCH_OF_D =
      List.of("discriminator: step on 4", "discriminator: step on 4", "discriminator: step on 2");
  private static final List<String> G_STEP =
      List.of(
          "generator: sample 4", "reward of 4 with roll-out-policy", "generator: policy step on 4");
  private static final List<String> ROUND =
      join(G_STEP, NEGATIVES, EPOCH_OF_D, NEGATIVES, EPOCH_OF_D, BETA);

  /**
   * What each step is made of; the first begins with an evaluation, and each phase ends with it.
   */
  private static final List<List<String>> STEPS =
      List.of(
          join(EVALUATION, EPOCH),
          join(EPOCH, EVALUATION),
          join(BETA, NEGATIVES, EPOCH_OF_D, EPOCH_OF_D),
          ROUND,
          join(ROUND, EVALUATION));

  private static final List<StartingPoint> CUTS =
      List.of(
          new StartingPoint(Phase.GENERATOR_PRETRAINING, 0),
          new StartingPoint(Phase.GENERATOR_PRETRAINING, 1),
          new StartingPoint(Phase.GENERATOR_PRETRAINING, 2),
          new StartingPoint(Phase.DISCRIMINATOR_PRETRAINING, 1),
          new StartingPoint(Phase.ADVERSARIAL, 1));

  @SafeVarargs
  private static List<String> join(List<String>... parts) {
    List<String> all = new ArrayList<>();
    Arrays.asList(parts).forEach(all::addAll);
    return all;
  }

  private static List<String> steps(int from, int to) {
    return STEPS.subList(from, to).stream().flatMap(List::stream).toList();
  }

  /** Runs from a place, and stops after so many steps. */
  private static List<String> run(StartingPoint from, int stopAfter) {
    ScriptedPlayers players = new ScriptedPlayers();
    SeqGanTrainerProvider provider = new SeqGanTrainerProvider();
    Trainer trainer = provider.create(players, OPTIONS);
    int[] done = {0};
    TrainingLoop loop =
        new TrainingLoop(
            trainer,
            new TrainingPlan(provider.phases(OPTIONS), provider.reads()),
            players.generator("generator", ADAM, ADAM),
            players.task(),
            new Evaluator(
                new EvaluationOptions(EVALUATED, 99, 99, List.of(), List.of(), 0),
                new MetricCatalog(List.of()).select(List.of()),
                players.backend()),
            RandomStream.of(1),
            event -> done[0] += event instanceof TrainingEvent.StepFinished ? 1 : 0,
            () -> done[0] == stopAfter);
    assertThat(loop.run(from)).isEqualTo(stopAfter < 0);
    return players.transcript();
  }

  @Test
  void doesWhatThePaperSaysInItsOrder() {
    assertThat(run(CUTS.get(0), -1)).isEqualTo(steps(0, STEPS.size()));
  }

  @Test
  void doesTheSameWhereverItIsCutAndResumed() {
    for (int cut = 1; cut < STEPS.size(); cut++) {
      List<String> before = run(CUTS.get(0), cut);
      List<String> after = run(CUTS.get(cut), -1);
      assertThat(join(before, after)).as("cut after step %d", cut).isEqualTo(steps(0, 5));
    }
  }

  @Test
  void movesBetaAlsoWhereThereIsNoDiscriminatorPretraining() {
    ScriptedPlayers players = new ScriptedPlayers();
    Trainer trainer = new SeqGanTrainerProvider().create(players, OPTIONS);
    trainer.begin(SeqGanTrainerProvider.DISCRIMINATOR_PRETRAINING);
    assertThat(players.transcript()).isEqualTo(BETA);
  }

  @Test
  void takesRealSequencesInThePlaceOfSampledOnes() {
    ScriptedPlayers players = new ScriptedPlayers();
    NotedProgress progress =
        round(
            players,
            new SeqGanOptions.Adversarial(
                ADAM, 2, 1, 0, 1, 0, 1f, 1f, BASELINE, 0.9f, 1f, 5f, 0.25f, 0.3f));
    assertThat(players.transcript())
        .isEqualTo(
            join(
                List.of(
                    "generator: sample 3",
                    "reward of 3 with roll-out-policy",
                    "generator: policy step on 4"),
                BETA));
    assertThat(progress.counts()).containsEntry("g-loss", 8L).containsEntry("reward", 6L);
  }

  /** Sequences of a g-step are drawn at 0.75 times 0.5, and count for the policy at 0.75. */
  @Test
  void learnsAtTheTemperatureOfItsPolicy() {
    ScriptedPlayers players = new ScriptedPlayers();
    round(
        players,
        new SeqGanOptions.Adversarial(
            ADAM, 2, 1, 1, 1, 0, 1f, 0.75f, BASELINE, 0.9f, 0.5f, 5f, 0f, 0.3f));
    assertThat(players.transcript())
        .isEqualTo(
            join(
                List.of(
                    "generator: sample 4 at 0.375",
                    "reward of 4 with roll-out-policy at 0.75",
                    "generator: policy step on 4 at 0.75",
                    "generator: sample 3 at 0.75",
                    "generator: sample 2 at 0.375",
                    "discriminator: 5 real, 5 generated"),
                EPOCH_OF_D,
                BETA));
  }

  /** Plays the first round of a game. */
  private static NotedProgress round(ScriptedPlayers players, SeqGanOptions.Adversarial game) {
    NotedProgress progress = new NotedProgress();
    SeqGanOptions options =
        new SeqGanOptions(
            OPTIONS.batchSize(),
            ADAM,
            OPTIONS.generatorPretraining(),
            OPTIONS.discriminatorPretraining(),
            game);
    new SeqGanTrainerProvider()
        .create(players, options)
        .step(SeqGanTrainerProvider.ADVERSARIAL, 1, progress);
    return progress;
  }

  @Test
  void tellsItsPhasesAndTheKeysOfTheirSteps() {
    SeqGanTrainerProvider provider = new SeqGanTrainerProvider();
    TrainingPlan plan = new TrainingPlan(provider.phases(OPTIONS), provider.reads());
    assertThat(plan.steps())
        .isEqualTo(
            Map.of(
                Phase.GENERATOR_PRETRAINING, 2,
                Phase.DISCRIMINATOR_PRETRAINING, 1,
                Phase.ADVERSARIAL, 2));
    assertThat(plan.stepsKey(Phase.ADVERSARIAL)).isEqualTo("training.adversarial.rounds");
  }
}
