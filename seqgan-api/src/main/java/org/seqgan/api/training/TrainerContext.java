package org.seqgan.api.training;

import java.util.List;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.discriminator.Scorer;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.Policy;
import org.seqgan.api.model.AutoregressiveModel;
import org.seqgan.api.model.OnTape;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.model.SequenceClassifier;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Task;

/**
 * What a trainer is made from. Every model that it makes here is saved in checkpoints, in files of
 * its name ({@code NAME.safetensors} and, where it is trained, {@code NAME-optimizer.safetensors}),
 * restored, and closed, all by the program. A name is lower-case letters, digits and hyphens, and
 * stands for one model. Models are made while the trainer is, not later.
 */
public interface TrainerContext {
  /** The name of the generator that a run is about: what is measured and sampled from. */
  String GENERATOR = "generator";

  /** The name of the discriminator, if there is one, whose health is watched. */
  String DISCRIMINATOR = "discriminator";

  /** Where the models compute. */
  TensorBackend backend();

  /** The data, their vocabulary, and the length of sequences. */
  Task task();

  /**
   * A generator of the configured model.
   *
   * @param name one of them must be {@value #GENERATOR}
   * @param likelihood how it is trained by maximum likelihood
   * @param policy how it is trained by policy gradient
   */
  Generator generator(String name, OptimizerOptions likelihood, OptimizerOptions policy);

  /**
   * A generator that is never trained: it starts with the parameters of another and is {@linkplain
   * Generator#moveTowards moved} towards it.
   */
  Generator follower(String name, Generator leader);

  /** A discriminator of the configured model. */
  Discriminator discriminator(String name, OptimizerOptions optimizer);

  /**
   * A generator that was made here, such as a mediator, under losses of the trainer's own: a
   * function of its forward function's values on the tape. The optimiser's state is saved with the
   * model's others. Asked for once of a model, while the trainer is made.
   *
   * @throws org.seqgan.api.UserException if the configured generator is not trained on a tape
   */
  OnTape<AutoregressiveModel> onTape(Generator generator, OptimizerOptions optimizer);

  /**
   * The same of a discriminator.
   *
   * @throws org.seqgan.api.UserException if the configured discriminator is not trained on a tape
   */
  OnTape<SequenceClassifier> onTape(Discriminator discriminator, OptimizerOptions optimizer);

  /** Parameters that a trainer has beside the configured models, trained by losses of its own. */
  Network network(String name, List<ParameterSpec> parameters, OptimizerOptions optimizer);

  /**
   * The configured reward of each token, {@code [batch, time]}.
   *
   * @param batch sampled sequences
   * @param rollOutPolicy completes prefixes, where the reward asks for it
   * @param discriminator scores sequences, where the reward asks for it
   * @param decoding how roll-outs are drawn
   * @param stream for roll-outs and the reward
   */
  TokenValues reward(
      Sequences batch,
      Policy rollOutPolicy,
      Scorer discriminator,
      Decoding decoding,
      RandomStream stream);

  /**
   * The same for a trainer without a discriminator. A reward that asks for one is an error of the
   * configuration.
   */
  TokenValues reward(Sequences batch, Policy rollOutPolicy, Decoding decoding, RandomStream stream);
}
