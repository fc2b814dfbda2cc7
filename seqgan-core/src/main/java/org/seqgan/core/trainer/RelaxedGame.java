package org.seqgan.core.trainer;

import java.util.Arrays;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Tokens;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.model.AutoregressiveModel;
import org.seqgan.api.model.OnTape;
import org.seqgan.api.model.Step;
import org.seqgan.api.model.TapeTrained;
import org.seqgan.api.model.Unrolled;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.TaskData;

/**
 * The game of a generator that writes relaxed tokens and a critic that reads them: the gradient of
 * the generator's loss flows through the critic and the tokens, without roll-outs or REINFORCE.
 */
final class RelaxedGame {
  /** What the critic says. */
  interface Critic {
    /** What of it is trained. */
    TapeTrained trained();

    /**
     * The scores, {@code [n]}: high for real ones.
     *
     * @param tape knows the critic's parameters
     * @param tokens {@code [B, T]}
     * @param lengths {@code [B]}
     */
    Variable scores(Tape tape, Tokens tokens, IntTensor lengths);
  }

  /**
   * How the two play.
   *
   * @param batchSize real and generated sequences of each step
   * @param loss of both
   * @param feedback what the generator reads of its tokens
   */
  record Rules(int batchSize, GanLoss loss, Unrolled.Feedback feedback) {}

  private final Sequences realData;
  private final Vocabulary vocabulary;
  private final OnTape<AutoregressiveModel> generator;
  private final Critic critic;
  private final Rules rules;

  RelaxedGame(TaskData data, OnTape<AutoregressiveModel> generator, Critic critic, Rules rules) {
    this.realData = data.training();
    this.vocabulary = data.vocabulary();
    this.generator = generator;
    this.critic = critic;
    this.rules = rules;
  }

  /**
   * One step of the generator; the critic stays as it is.
   *
   * @param inverseTemperature beta
   */
  Step generatorStep(float inverseTemperature, RandomStream stream) {
    Sequences real = Batches.any(realData, rules.batchSize(), stream.split("real"));
    return generator.train(
        tape -> {
          Tape frozen = critic.trained().frozen(tape);
          Variable fake = scoresOfFake(frozen, write(tape, inverseTemperature));
          return rules.loss().ofGenerator(tape, scoresOfReal(frozen, real), fake);
        },
        stream.split("noise"));
  }

  /** One step of the critic; the generator stays as it is. */
  Step criticStep(float inverseTemperature, RandomStream stream) {
    Sequences real = Batches.any(realData, rules.batchSize(), stream.split("real"));
    return critic
        .trained()
        .train(
            tape -> {
              Unrolled written = write(generator.frozen(tape), inverseTemperature);
              return rules
                  .loss()
                  .ofCritic(tape, scoresOfReal(tape, real), scoresOfFake(tape, written));
            },
            stream.split("noise"));
  }

  private Unrolled write(Tape tape, float inverseTemperature) {
    return Unrolled.of(
        tape,
        generator.forward(),
        new Unrolled.Request(
            rules.batchSize(),
            realData.time(),
            vocabulary.startToken(),
            rules.feedback(),
            inverseTemperature));
  }

  private Variable scoresOfReal(Tape tape, Sequences real) {
    TensorScope scope = tape.scope();
    IntTensor tokens = scope.ints(real.tokens(), real.count(), real.time());
    IntTensor lengths = scope.ints(real.lengths(), real.count());
    return critic.scores(tape, new Tokens.Ids(tokens), lengths);
  }

  private Variable scoresOfFake(Tape tape, Unrolled written) {
    int[] lengths = new int[rules.batchSize()];
    if (vocabulary.endToken().isPresent()) {
      lengths = written.sequences(tape.scope(), vocabulary.endToken()).lengths();
    } else {
      Arrays.fill(lengths, realData.time());
    }
    return critic.scores(tape, written.tokens(), tape.scope().ints(lengths, lengths.length));
  }
}
