package org.seqgan.core.explain;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the reward of a run says of what its generator writes. Immutable.
 *
 * @param trainer its name
 * @param reward its name
 * @param batch how many sequences were drawn together, as for a step of training; the gradient is
 *     of all of them
 * @param sequences the first of them
 * @param gradient of each position that a sequence of the batch has
 * @param judgement of the discriminator, where the trainer has one
 * @param notes what could not be told, and why, in a line each
 */
public record Explanation(
    String trainer,
    String reward,
    int batch,
    List<Sequence> sequences,
    List<Position> gradient,
    Optional<Judgement> judgement,
    List<String> notes) {
  /** Copies the lists. */
  public Explanation {
    sequences = List.copyOf(sequences);
    gradient = List.copyOf(gradient);
    notes = List.copyOf(notes);
  }

  /**
   * A generated sequence.
   *
   * @param text as the task shows it
   * @param tokens all of them, in order
   * @param probabilityReal D of the whole sequence, where there is a discriminator
   */
  public record Sequence(String text, List<Token> tokens, OptionalDouble probabilityReal) {
    /** Copies the list. */
    public Sequence {
      tokens = List.copyOf(tokens);
    }
  }

  /**
   * A token of it.
   *
   * @param id in the vocabulary
   * @param text as the task shows it alone
   * @param q its reward Q(Y_1:t-1, y_t), as training asks for it
   * @param spread the standard deviation of the reward over the N roll-outs that Q is the mean of,
   *     divided by N; absent of a sequence's last token, which needs no roll-outs, and where the
   *     reward is no mean over roll-outs
   * @param weight what the policy gradient multiplies the token's log-likelihood by
   */
  public record Token(int id, String text, double q, OptionalDouble spread, double weight) {}

  /**
   * What a position adds to the policy gradient of the batch.
   *
   * @param position counted from 1
   * @param norm of the gradient of the position's terms alone
   * @param share of the sum of all norms; 0 where all are 0
   */
  public record Position(int position, double norm, double share) {}
}
