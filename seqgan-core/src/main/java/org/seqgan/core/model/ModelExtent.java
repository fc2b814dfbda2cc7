package org.seqgan.core.model;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.discriminator.DiscriminatorContext;
import org.seqgan.api.discriminator.DiscriminatorProvider;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.GeneratorContext;
import org.seqgan.api.generator.GeneratorProvider;
import org.seqgan.api.model.AutoregressiveModel;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.model.SequenceClassifier;
import org.seqgan.api.random.RandomStream;

/**
 * What a model will take, known from its forward function before anything of it is made: its
 * provider is asked as it will be, and stopped where it hands the function over.
 *
 * @param parameters the numbers of all parameters together
 * @param largest the largest parameter, with its shape
 * @param floatsOfAPosition of a generator: what is kept of each position of a sequence; 0 otherwise
 */
public record ModelExtent(long parameters, String largest, long floatsOfAPosition) {
  /** Ends the call of a provider: nothing was made, and nothing is to be. */
  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stop() {
      super(null, null, false, false);
    }
  }

  /**
   * Of a generator; empty where it is made otherwise than from a forward function.
   *
   * @throws UserException if one of its parameters is larger than any may be
   */
  public static <O extends Record> Optional<ModelExtent> of(
      GeneratorProvider<O> provider, Record options, Vocabulary vocabulary, int sequenceLength) {
    GeneratorAsked asked = new GeneratorAsked(vocabulary, sequenceLength);
    try {
      provider.create(asked, provider.about().optionsType().cast(options)).close();
    } catch (RuntimeException e) {
      // Either it was stopped, or it will fail again when it is to make the model.
    }
    return asked.model.map(
        model -> of(model.parameters(), RollOuts.floatsOfAPosition(model.stateWidths())));
  }

  /**
   * Of a discriminator; empty where it is made otherwise than from a forward function.
   *
   * @throws UserException if one of its parameters is larger than any may be
   */
  public static <O extends Record> Optional<ModelExtent> of(
      DiscriminatorProvider<O> provider,
      Record options,
      Vocabulary vocabulary,
      int sequenceLength) {
    DiscriminatorAsked asked = new DiscriminatorAsked(vocabulary, sequenceLength);
    try {
      provider.create(asked, provider.about().optionsType().cast(options)).close();
    } catch (RuntimeException e) {
      // As above.
    }
    return asked.model.map(model -> of(model.parameters(), 0));
  }

  private static ModelExtent of(List<ParameterSpec> specs, long floatsOfAPosition) {
    String largest =
        specs.stream()
            .max(Comparator.comparingLong(ParameterSpec::size))
            .map(spec -> spec.name() + " " + spec.shape())
            .orElse("none");
    return new ModelExtent(
        specs.stream().mapToLong(ParameterSpec::size).sum(), largest, floatsOfAPosition);
  }

  /**
   * The tensors that are kept of a batch while a generator learns from it or completes its
   * prefixes, and what a step needs beside them.
   */
  public long tensorBytes(int batch, int time) {
    return RollOuts.tensorBytes(floatsOfAPosition, batch, time);
  }

  /** The heap that each copy of the completions of a batch takes. */
  public static long heapBytesOfACopy(int batch, int time) {
    return RollOuts.heapBytesOfACopy(batch, time);
  }

  /** What either provider may know. */
  private abstract static class Asked {
    private final Vocabulary vocabulary;
    private final int sequenceLength;

    Asked(Vocabulary vocabulary, int sequenceLength) {
      this.vocabulary = vocabulary;
      this.sequenceLength = sequenceLength;
    }

    public TensorBackend backend() {
      throw new Stop();
    }

    public Vocabulary vocabulary() {
      return vocabulary;
    }

    public int sequenceLength() {
      return sequenceLength;
    }

    public RandomStream initialisation() {
      return RandomStream.of(0);
    }

    public OptimizerOptions optimizer() {
      return ModelSetting.NO_TRAINING;
    }
  }

  private static final class GeneratorAsked extends Asked implements GeneratorContext {
    private Optional<AutoregressiveModel> model = Optional.empty();

    GeneratorAsked(Vocabulary vocabulary, int sequenceLength) {
      super(vocabulary, sequenceLength);
    }

    @Override
    public OptimizerOptions likelihoodOptimizer() {
      return optimizer();
    }

    @Override
    public OptimizerOptions policyOptimizer() {
      return optimizer();
    }

    @Override
    public Generator autoregressive(AutoregressiveModel given) {
      model = Optional.of(given);
      throw new Stop();
    }
  }

  private static final class DiscriminatorAsked extends Asked implements DiscriminatorContext {
    private Optional<SequenceClassifier> model = Optional.empty();

    DiscriminatorAsked(Vocabulary vocabulary, int sequenceLength) {
      super(vocabulary, sequenceLength);
    }

    @Override
    public Discriminator classifier(SequenceClassifier given) {
      model = Optional.of(given);
      throw new Stop();
    }
  }
}
