package org.seqgan.core.checked;

import java.util.Optional;
import java.util.function.Supplier;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.discriminator.Discriminator;
import org.seqgan.api.discriminator.TokenScorer;
import org.seqgan.api.discriminator.TrainingSet;
import org.seqgan.api.model.OnTape;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.SequenceClassifier;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.registry.PluginOrigin;

/** A plugin's discriminator, checked: it gives one probability for each sequence. */
public final class CheckedDiscriminator implements Discriminator {
  /** What rounding may add to a probability. */
  private static final float ROUNDING = 1e-5f;

  private final Discriminator discriminator;
  private final PluginOrigin origin;

  /**
   * Checks a discriminator.
   *
   * @param discriminator closed with this
   * @param origin the plugin that made it
   */
  public CheckedDiscriminator(Discriminator discriminator, PluginOrigin origin) {
    this.discriminator = discriminator;
    this.origin = origin;
  }

  @Override
  public float[] probabilityReal(Sequences sequences) {
    return scores(
        Score.PROBABILITY, sequences.count(), () -> discriminator.probabilityReal(sequences));
  }

  @Override
  public float[] probabilityReal(Completions completions) {
    return scores(
        Score.PROBABILITY,
        completions.rowCount(),
        () -> discriminator.probabilityReal(completions));
  }

  @Override
  public float[] logOdds(Sequences sequences) {
    return scores(Score.LOG_ODDS, sequences.count(), () -> discriminator.logOdds(sequences));
  }

  @Override
  public Optional<TokenScorer> tokens() {
    return origin.call("tokens", discriminator::tokens).map(this::checked);
  }

  private TokenScorer checked(TokenScorer scorer) {
    return sequences -> {
      TokenValues values =
          origin.call("TokenScorer.probabilityReal", () -> scorer.probabilityReal(sequences));
      if (values.count() != sequences.count() || values.time() != sequences.time()) {
        throw origin.fault(
            "TokenScorer.probabilityReal",
            "gave [%d, %d] probabilities for [%d, %d] tokens"
                .formatted(values.count(), values.time(), sequences.count(), sequences.time()));
      }
      for (int i = 0; i < sequences.count(); i++) {
        for (int t = 0; t < sequences.length(i); t++) {
          float value = values.get(i, t);
          if (!isProbability(value)) {
            throw wrong("TokenScorer.probabilityReal", value, i, Score.PROBABILITY.expected);
          }
        }
      }
      return values;
    };
  }

  private static boolean isProbability(float value) {
    return value >= -ROUNDING && value <= 1 + ROUNDING; // false of NaN
  }

  /** What is asked of whole sequences. */
  private enum Score {
    PROBABILITY("probabilityReal", "probabilities", "a probability from 0 to 1"),
    LOG_ODDS("logOdds", "log-odds", "a finite number");

    private final String method;
    private final String plural;
    private final String expected;

    Score(String method, String plural, String expected) {
      this.method = method;
      this.plural = plural;
      this.expected = expected;
    }

    boolean allows(float value) {
      return this == PROBABILITY ? isProbability(value) : Float.isFinite(value);
    }
  }

  private float[] scores(Score score, int count, Supplier<float[]> question) {
    float[] scores = origin.call(score.method, question);
    if (scores.length != count) {
      throw origin.fault(
          score.method,
          "gave %d %s for %d sequences".formatted(scores.length, score.plural, count));
    }
    for (int i = 0; i < count; i++) {
      if (!score.allows(scores[i])) {
        throw wrong(score.method, scores[i], i, score.expected);
      }
    }
    return scores;
  }

  private RuntimeException wrong(String method, float value, int sequence, String expected) {
    if (Float.isNaN(value)) {
      requireFinite(parameters());
    }
    return origin.fault(
        method, "gave %s for sequence %d, expected %s".formatted(value, sequence, expected));
  }

  private static void requireFinite(NamedArrays parameters) {
    for (String name : parameters.names()) {
      FloatArray array = parameters.get(name);
      for (float value : array.values()) {
        if (!Float.isFinite(value)) {
          throw new NonFiniteParametersException("discriminator", name, value);
        }
      }
    }
  }

  @Override
  public Step train(Sequences batch, boolean[] real, RandomStream stream) {
    return origin.call("train", () -> discriminator.train(batch, real, stream));
  }

  @Override
  public TrainingSet trainingSet(Sequences sequences, boolean[] real) {
    return new CheckedTrainingSet(
        origin.call("trainingSet", () -> discriminator.trainingSet(sequences, real)), origin);
  }

  /** Of a plugin's discriminator. */
  private record CheckedTrainingSet(TrainingSet set, PluginOrigin origin) implements TrainingSet {
    @Override
    public Step train(int[] rows, RandomStream stream) {
      return origin.call("TrainingSet.train", () -> set.train(rows, stream));
    }

    @Override
    public void close() {
      origin.run("TrainingSet.close", set::close);
    }
  }

  /** What a loss of a trainer's own does is the trainer's. */
  @Override
  public Optional<OnTape<SequenceClassifier>> onTape(OptimizerOptions optimizer) {
    return origin.call("onTape", () -> discriminator.onTape(optimizer));
  }

  @Override
  public NamedArrays parameters() {
    return origin.call("parameters", discriminator::parameters);
  }

  @Override
  public void setParameters(NamedArrays parameters) {
    origin.run("setParameters", () -> discriminator.setParameters(parameters));
  }

  @Override
  public NamedArrays optimizerState() {
    return origin.call("optimizerState", discriminator::optimizerState);
  }

  @Override
  public void setOptimizerState(NamedArrays state) {
    origin.run("setOptimizerState", () -> discriminator.setOptimizerState(state));
  }

  @Override
  public void close() {
    origin.run("close", discriminator::close);
  }
}
