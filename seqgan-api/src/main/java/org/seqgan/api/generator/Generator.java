package org.seqgan.api.generator;

import java.util.Optional;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.model.AutoregressiveModel;
import org.seqgan.api.model.Model;
import org.seqgan.api.model.OnTape;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;

/**
 * A policy that learns. Whoever made it closes it: the program what a {@link GeneratorProvider}
 * creates, a task what its {@link org.seqgan.api.task.TaskContext} made for it. One thread at a
 * time.
 */
public interface Generator extends Policy, Model {
  /**
   * One step of maximum likelihood: the loss is the mean over tokens of -log G(y_t | Y_1:t-1).
   *
   * @param batch real sequences
   * @param truth the probability with which each input token is the true one rather than one drawn
   *     from the model (scheduled sampling, Bengio et al. 2015, a coin for each token); 1 is
   *     teacher forcing
   * @param stream for the coins and drawn tokens; not used where truth is 1
   */
  Step trainMaximumLikelihood(Sequences batch, float truth, RandomStream stream);

  /** One step of policy gradient of G itself: of what was sampled at temperature 1. */
  default Step trainPolicyGradient(Sequences batch, TokenValues rewards) {
    return trainPolicyGradient(batch, rewards, 1f);
  }

  /**
   * One step of policy gradient (Eq. 6-8, REINFORCE) of the policy that draws at a temperature T:
   * the loss is the sum over tokens of {@code -rewards_t log G_T(y_t | Y_1:t-1)}, where G_T is
   * softmax(logits / T) of {@link org.seqgan.api.backend.Decoding#temperature}. With the gradient
   * of another temperature than that of the samples, also a reward that is the same for every token
   * would move G.
   *
   * @param batch sequences of this policy, or others whose rewards have importance weights for that
   * @param rewards Q for each token, {@code [batch, time]}; what stands after the end of a sequence
   *     does not count
   * @param temperature T of the policy, above 0
   */
  Step trainPolicyGradient(Sequences batch, TokenValues rewards, float temperature);

  /**
   * Moves the parameters towards another generator of the same kind: {@code p = (1 - fraction) p +
   * fraction other}. With fraction 1 it is the update beta &lt;- theta of the roll-out policy.
   */
  void moveTowards(Generator other, float fraction);

  /**
   * Its parameters under losses of somebody's own, with an optimiser whose moments are part of
   * {@link #optimizerState()} from then on. To be asked for once, before a state is restored.
   *
   * @return empty of a generator that is no forward function over a tape
   */
  default Optional<OnTape<AutoregressiveModel>> onTape(OptimizerOptions optimizer) {
    return Optional.empty();
  }
}
