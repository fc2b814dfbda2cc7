package org.seqgan.api.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Tokens;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.operation.GumbelNoise;

/**
 * Sequences that a generator wrote on the tape, so that the gradient of whatever reads them flows
 * back through their tokens. At every position, with o the logits and g Gumbel noise,
 *
 * <pre>
 * token   = arg max (o + g)            a draw from softmax(o)
 * relaxed = softmax(beta (o + g))      Jang et al. 2017, Maddison et al. 2017; beta is the inverse temperature
 * </pre>
 *
 * <p>It takes {@code B T V} floats a few times over. What stands after the end token of a sequence
 * goes on as if there was none: readers are told the lengths.
 *
 * @param steps the tokens of each position, {@code [B]}
 * @param weights what a reader sees, {@code [B, T, V]}: relaxed tokens, or with {@link
 *     Feedback#STRAIGHT_THROUGH} one-hot rows with their gradient
 */
public record Unrolled(List<IntTensor> steps, Variable weights) {
  /** What the generator itself reads of a token that it wrote. */
  public enum Feedback {
    /** The relaxed token: the gradient flows from each position to those before it. */
    SOFT,
    /** The token, through which no gradient flows. */
    HARD,
    /** The token, with the gradient of the relaxed one (Bengio et al. 2013). */
    STRAIGHT_THROUGH
  }

  /**
   * How sequences are written.
   *
   * @param count B
   * @param time T
   * @param startToken read at the first position
   * @param feedback what the generator reads of its tokens
   * @param inverseTemperature beta, above 0
   */
  public record Request(
      int count, int time, int startToken, Feedback feedback, float inverseTemperature) {}

  /**
   * Writes sequences. Noise comes from the tape's draws.
   *
   * @param tape of a training step; parameters of the model are its own, or {@linkplain
   *     TapeTrained#frozen frozen}
   */
  public static Unrolled of(Tape tape, AutoregressiveModel model, Request request) {
    TensorScope scope = tape.scope();
    int batch = request.count();
    Variable outputWeights = tape.parameter(model.outputLayer().weights());
    Variable outputBias = tape.parameter(model.outputLayer().bias());
    int vocabulary = outputWeights.value().dim(1);
    List<Variable> state = new ArrayList<>();
    for (int width : model.stateWidths()) {
      state.add(tape.constant(scope.zeros(batch, width)));
    }
    int[] start = new int[batch];
    Arrays.fill(start, request.startToken());
    Tokens read = new Tokens.Ids(scope.ints(start, batch));
    List<IntTensor> steps = new ArrayList<>();
    List<Variable> seen = new ArrayList<>();
    for (int t = 0; t < request.time(); t++) {
      AutoregressiveModel.TapeStep step = model.step(tape, read, state, t);
      state = step.state();
      Variable logits = // (batch, vocabulary)
          tape.linear(step.hidden(), outputWeights, outputBias, Activation.IDENTITY);
      Tensor noise = scope.run(new GumbelNoise(tape.draws(batch * vocabulary), batch, vocabulary));
      Drawn drawn = draw(tape, logits, noise, request.inverseTemperature());
      Variable relaxed = drawn.relaxed();
      IntTensor token = drawn.tokens();
      steps.add(token);
      Variable visible =
          request.feedback() == Feedback.STRAIGHT_THROUGH
              ? tape.straightThrough(relaxed, token)
              : relaxed;
      seen.add(tape.reshape(visible, batch, 1, vocabulary));
      read =
          request.feedback() == Feedback.HARD ? new Tokens.Ids(token) : new Tokens.Relaxed(visible);
    }
    return new Unrolled(steps, tape.concat(seen, 1));
  }

  /**
   * The tokens of one position.
   *
   * @param tokens {@code [B]}
   * @param relaxed {@code [B, V]}
   */
  public record Drawn(IntTensor tokens, Variable relaxed) {}

  /**
   * Draws the tokens of one position.
   *
   * @param logits o, {@code [B, V]}
   * @param noise g, {@code [B, V]}
   * @param inverseTemperature beta
   */
  public static Drawn draw(Tape tape, Variable logits, Tensor noise, float inverseTemperature) {
    Variable perturbed = tape.binary(BinaryOperation.ADD, logits, tape.constant(noise));
    return new Drawn(
        tape.scope().argMax(perturbed.value(), 1),
        tape.softmax(tape.affine(perturbed, inverseTemperature, 0)));
  }

  /** The tokens for a model that reads them. */
  public Tokens tokens() {
    return new Tokens.Relaxed(weights);
  }

  /** The tokens on the host; waits for them. */
  public Sequences sequences(TensorScope scope, OptionalInt endToken) {
    int count = weights.value().dim(0);
    int time = steps.size();
    int[] tokens = new int[count * time];
    for (int t = 0; t < time; t++) {
      int[] column = scope.read(steps.get(t));
      for (int i = 0; i < count; i++) {
        tokens[i * time + t] = column[i];
      }
    }
    return Sequences.ofSampled(tokens, time, endToken);
  }
}
