package org.seqgan.core.trainer;

import java.util.function.Function;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.TaskData;
import org.seqgan.api.training.Progress;
import org.seqgan.api.training.Trainer;
import org.seqgan.api.training.TrainerContext;

/**
 * What the methods have in common that play a {@link RelaxedGame}: maximum likelihood, then rounds
 * of steps, each one of the generator and some of its opponent.
 */
final class RelaxedTrainer implements Trainer {
  /**
   * What is a method's own.
   *
   * @param pretraining maximum likelihood
   * @param generatorOptimizer of the game
   * @param opponent makes it, once there is a generator
   * @param rules of a step
   * @param rounds what a round is
   */
  record Method(
      MaximumLikelihood.Options pretraining,
      OptimizerOptions generatorOptimizer,
      Function<TrainerContext, RelaxedGame.Opponent> opponent,
      RelaxedGame.Rules rules,
      Rounds rounds) {}

  /**
   * What a round is.
   *
   * @param steps of a round
   * @param opponentSteps in each of them
   * @param opponent what its random numbers and, with {@code -loss} behind it, its loss are called
   * @param warmth of the tokens
   */
  record Rounds(int steps, int opponentSteps, String opponent, Warmth warmth) {}

  /** How soft tokens are. */
  @FunctionalInterface
  interface Warmth {
    /**
     * The inverse temperature of a step, which may be logged too.
     *
     * @param round counted from 1
     * @param step of the round, counted from 0
     */
    double inverseTemperature(int round, int step, Progress progress);
  }

  private final Rounds rounds;
  private final MaximumLikelihood likelihood;
  private final RelaxedGame game;

  RelaxedTrainer(TrainerContext context, Method method) {
    this.rounds = method.rounds();
    TaskData data = context.task().data();
    Generator generator =
        context.generator(
            TrainerContext.GENERATOR,
            method.pretraining().optimizer(),
            method.generatorOptimizer());
    this.likelihood =
        new MaximumLikelihood(
            generator, data.training(), method.rules().batchSize(), method.pretraining());
    RelaxedGame.Opponent opponent = method.opponent().apply(context);
    this.game =
        new RelaxedGame(
            data, context.onTape(generator, method.generatorOptimizer()), opponent, method.rules());
  }

  @Override
  public void step(String phase, int number, Progress progress) {
    if (phase.equals(MaximumLikelihood.PHASE)) {
      likelihood.epoch(number, progress);
      return;
    }
    for (int i = 0; i < rounds.steps(); i++) {
      if (progress.passesOver(1)) {
        continue;
      }
      double beta = rounds.warmth().inverseTemperature(number, i, progress);
      play((float) beta, progress, progress.random().split("step", i));
      progress.batchDone((i + 1.0) / rounds.steps());
    }
  }

  private void play(float beta, Progress progress, RandomStream stream) {
    progress.add("g-loss", game.generatorStep(beta, stream.split("g")), Step::loss, 1);
    for (int i = 0; i < rounds.opponentSteps(); i++) {
      Step step = game.criticStep(beta, stream.split(rounds.opponent(), i));
      progress.add(rounds.opponent() + "-loss", step, Step::loss, 1);
      progress.add(Accuracy.FIGURE, step, Step::accuracy, 1);
    }
  }
}
