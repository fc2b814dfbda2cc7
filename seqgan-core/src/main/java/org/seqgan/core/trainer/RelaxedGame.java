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
  /**
   * Sequences as a critic reads them.
   *
   * @param tokens {@code [B, T]}
   * @param lengths {@code [B]}
   */
  record Batch(Tokens tokens, IntTensor lengths) {}

  /** The critic, with what both play for. */
  interface Opponent {
    /** What of it is trained. */
    TapeTrained trained();

    /**
     * What it lowers, {@code [1]}, on a tape that knows its parameters.
     *
     * @param noted told of the scores
     */
    Variable criticLoss(Tape tape, Batch real, Batch fake, Accuracy noted);

    /** The share that it has got right, of the scores that it noted. */
    double accuracy(float[] ofReal, float[] ofFake);

    /** What the generator lowers, {@code [1]}, on a tape where the critic is frozen. */
    Variable generatorLoss(Tape tape, Batch real, Batch fake);
  }

  /** The scores of a critic, {@code [n]}: high for real sequences. */
  @FunctionalInterface
  interface Scores {
    Variable of(Tape tape, Batch batch);
  }

  /** An opponent that scores sequence by sequence, or several times each. */
  record Scorer(TapeTrained trained, Scores scores, GanLoss loss) implements Opponent {
    @Override
    public Variable criticLoss(Tape tape, Batch real, Batch fake, Accuracy noted) {
      Variable ofReal = scores.of(tape, real);
      Variable ofFake = scores.of(tape, fake);
      noted.note(tape, ofReal, ofFake);
      return loss.ofCritic(tape, ofReal, ofFake);
    }

    @Override
    public double accuracy(float[] ofReal, float[] ofFake) {
      return loss.accuracy(ofReal, ofFake);
    }

    @Override
    public Variable generatorLoss(Tape tape, Batch real, Batch fake) {
      return loss.ofGenerator(tape, scores.of(tape, real), scores.of(tape, fake));
    }
  }

  /**
   * How the two play.
   *
   * @param batchSize real and generated sequences of each step
   * @param feedback what the generator reads of its tokens
   */
  record Rules(int batchSize, Unrolled.Feedback feedback) {}

  private final Sequences realData;
  private final Vocabulary vocabulary;
  private final OnTape<AutoregressiveModel> generator;
  private final Opponent critic;
  private final Rules rules;

  RelaxedGame(TaskData data, OnTape<AutoregressiveModel> generator, Opponent critic, Rules rules) {
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
          Batch fake = read(tape, write(tape, inverseTemperature));
          return critic.generatorLoss(critic.trained().frozen(tape), read(tape, real), fake);
        },
        stream.split("noise"));
  }

  /** One step of the critic, which tells its accuracy; the generator stays as it is. */
  Step criticStep(float inverseTemperature, RandomStream stream) {
    Sequences real = Batches.any(realData, rules.batchSize(), stream.split("real"));
    Accuracy noted = new Accuracy();
    Step step =
        critic
            .trained()
            .train(
                tape -> {
                  Unrolled written = write(generator.frozen(tape), inverseTemperature);
                  return critic.criticLoss(tape, read(tape, real), read(tape, written), noted);
                },
                stream.split("noise"));
    return noted.of(step, critic::accuracy);
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

  private static Batch read(Tape tape, Sequences real) {
    TensorScope scope = tape.scope();
    return new Batch(
        new Tokens.Ids(scope.ints(real.tokens(), real.count(), real.time())),
        scope.ints(real.lengths(), real.count()));
  }

  private Batch read(Tape tape, Unrolled written) {
    int[] lengths = new int[rules.batchSize()];
    if (vocabulary.endToken().isPresent()) {
      lengths = written.sequences(tape.scope(), vocabulary.endToken()).lengths();
    } else {
      Arrays.fill(lengths, realData.time());
    }
    return new Batch(written.tokens(), tape.scope().ints(lengths, lengths.length));
  }
}
