package org.example.baseline;

import java.util.Arrays;
import java.util.List;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.model.Initializer;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.training.Network;
import org.seqgan.api.training.Progress;
import org.seqgan.api.training.Trainer;
import org.seqgan.api.training.TrainerContext;

/**
 * REINFORCE with a learned baseline (Williams 1992): the policy gradient of the configured reward
 * Q_t less b_t, a number for each position that is trained to be near the rewards there, by the
 * loss {@code mean_t (b_t - mean_i Q_t)^2}.
 */
final class BaselineTrainer implements Trainer {
  private static final String B = "b";

  private final TrainerContext context;
  private final BaselineOptions options;
  private final Sequences data;
  private final int time;
  private final Generator generator;
  private final Network baseline;

  BaselineTrainer(TrainerContext context, BaselineOptions options) {
    this.context = context;
    this.options = options;
    this.data = context.task().data().training();
    this.time = context.task().data().sequenceLength();
    this.generator =
        context.generator(
            TrainerContext.GENERATOR, options.likelihood().optimizer(), options.game().optimizer());
    this.baseline =
        context.network(
            "baseline",
            List.of(new ParameterSpec(B, List.of(1, time), new Initializer.Constant(0))),
            options.game().baselineOptimizer());
  }

  @Override
  public void step(String phase, int number, Progress progress) {
    if (phase.equals(BaselineTrainerProvider.LIKELIHOOD)) {
      epoch(progress);
    } else {
      round(progress);
    }
  }

  private void epoch(Progress progress) {
    int[] order = progress.random().split("shuffle").permutation(data.count());
    int batches = (order.length + options.batchSize() - 1) / options.batchSize();
    for (int b = 0; b < batches; b++) {
      if (progress.passesOver(1)) {
        continue;
      }
      int from = b * options.batchSize();
      int to = Math.min(order.length, from + options.batchSize());
      Sequences batch = data.select(Arrays.copyOfRange(order, from, to));
      Step step =
          generator.trainMaximumLikelihood(batch, 1f, progress.random().split("unused", b));
      progress.add("g-loss", step, Step::loss, batch.tokenCount());
      progress.batchDone((b + 1.0) / batches);
    }
  }

  private void round(Progress progress) {
    int batches = options.game().batches();
    for (int b = 0; b < batches; b++) {
      if (progress.passesOver(1)) {
        continue;
      }
      update(progress.random().split("batch", b), progress);
      progress.batchDone((b + 1.0) / batches);
    }
  }

  private void update(RandomStream stream, Progress progress) {
    Sequences batch =
        generator.sample(options.batchSize(), Decoding.SAMPLE, stream.split("sample")); // (B, T)
    TokenValues q = // (B, T)
        context.reward(batch, generator, Decoding.SAMPLE, stream).upToTheEnds(batch);
    float[] b = baseline.compute(tape -> tape.parameter(B)); // (T)
    Step step = generator.trainPolicyGradient(batch, minus(q, b));
    float[] means = means(q);
    Step fit = baseline.train(tape -> distance(tape, means), stream.split("baseline"));
    long tokens = batch.tokenCount();
    progress.add("g-loss", step, done -> done.loss() / tokens, tokens);
    progress.add("reward", q.sum() / tokens, tokens);
    progress.add("baseline-loss", fit, Step::loss, 1);
  }

  private TokenValues minus(TokenValues q, float[] b) {
    float[] advantages = q.values().clone();
    for (int i = 0; i < advantages.length; i++) {
      advantages[i] -= b[i % time];
    }
    return new TokenValues(q.count(), time, advantages);
  }

  /** Of each position over the batch. */
  private float[] means(TokenValues q) {
    float[] means = new float[time];
    for (int i = 0; i < q.count(); i++) {
      for (int t = 0; t < time; t++) {
        means[t] += q.get(i, t) / q.count();
      }
    }
    return means;
  }

  /** {@code mean_t (b_t - means_t)^2}, {@code [1]}. */
  private Variable distance(Tape tape, float[] means) {
    Variable target = tape.constant(tape.scope().tensor(means, 1, time));
    Variable difference = tape.binary(BinaryOperation.SUBTRACT, tape.parameter(B), target);
    Variable square = tape.binary(BinaryOperation.MULTIPLY, difference, difference);
    return tape.reshape(tape.reduce(Reduction.MEAN, square, 1), 1);
  }
}
