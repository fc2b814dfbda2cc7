package org.seqgan.core.checked;

import java.util.OptionalInt;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.model.Step;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.registry.PluginOrigin;

/**
 * A plugin's generator, checked: its sequences are of the size that was asked for and of tokens of
 * the vocabulary, its log-probabilities one for each token and not above 0. A loss or a
 * log-probability that is no number is not its fault: training may have diverged.
 */
public final class CheckedGenerator implements Generator {
  /** What rounding may add to a log-probability of 0. */
  private static final float ROUNDING = 1e-3f;

  private final Generator generator;
  private final PluginOrigin origin;
  private final Vocabulary vocabulary;
  private final int time;

  /**
   * Checks a generator.
   *
   * @param generator closed with this
   * @param origin the plugin that made it
   * @param vocabulary of its task
   * @param time T, the number of positions of every sequence
   */
  public CheckedGenerator(
      Generator generator, PluginOrigin origin, Vocabulary vocabulary, int time) {
    this.generator = generator;
    this.origin = origin;
    this.vocabulary = vocabulary;
    this.time = time;
  }

  @Override
  public Sequences sample(int count, Decoding decoding, RandomStream stream) {
    Sequences samples = origin.call("sample", () -> generator.sample(count, decoding, stream));
    if (samples.count() != count || samples.time() != time) {
      throw origin.fault(
          "sample",
          "gave [%d, %d] tokens, expected [%d, %d]"
              .formatted(samples.count(), samples.time(), count, time));
    }
    vocabulary
        .misfit(samples)
        .ifPresent(
            misfit -> {
              throw origin.fault("sample", "gave " + misfit);
            });
    return samples;
  }

  @Override
  public Completions complete(
      Sequences sequences, int copies, Decoding decoding, RandomStream stream) {
    Completions completions =
        origin.call("complete", () -> generator.complete(sequences, copies, decoding, stream));
    if (completions.copies() != copies
        || completions.sequences().count() != sequences.count()
        || completions.sequences().time() != time) {
      throw origin.fault(
          "complete",
          "gave %d completions of each prefix of [%d, %d] tokens, expected %d of [%d, %d]"
              .formatted(
                  completions.copies(),
                  completions.sequences().count(),
                  completions.sequences().time(),
                  copies,
                  sequences.count(),
                  time));
    }
    requireTokens(completions);
    return completions;
  }

  /** What was drawn, up to the end of each completion: what follows it does not count. */
  private void requireTokens(Completions completions) {
    OptionalInt end = vocabulary.endToken();
    Sequences sequences = completions.sequences();
    for (int row = 0; row < completions.rowCount(); row++) {
      int prefix = completions.prefixLength(row);
      boolean ended = prefix >= sequences.length(completions.sequence(row));
      for (int t = ended && end.isPresent() ? time : prefix; t < time; t++) {
        int token = completions.token(row, t);
        if (token < 0 || token >= vocabulary.size()) {
          throw origin.fault(
              "complete",
              "gave token %d at position %d of a completion, expected 0 to %d"
                  .formatted(token, t, vocabulary.size() - 1));
        }
        if (end.isPresent() && token == end.getAsInt()) {
          break;
        }
      }
    }
  }

  @Override
  public TokenValues logProbabilities(Sequences sequences) {
    TokenValues values =
        origin.call("logProbabilities", () -> generator.logProbabilities(sequences));
    if (values.count() != sequences.count() || values.time() != sequences.time()) {
      throw origin.fault(
          "logProbabilities",
          "gave [%d, %d] values, expected [%d, %d]"
              .formatted(values.count(), values.time(), sequences.count(), sequences.time()));
    }
    for (float value : values.values()) {
      if (value > ROUNDING) { // false of NaN
        throw origin.fault(
            "logProbabilities", "gave the log-probability %s, expected at most 0".formatted(value));
      }
    }
    return values;
  }

  @Override
  public Step trainMaximumLikelihood(Sequences batch, float truth, RandomStream stream) {
    return origin.call(
        "trainMaximumLikelihood", () -> generator.trainMaximumLikelihood(batch, truth, stream));
  }

  @Override
  public Step trainPolicyGradient(Sequences batch, TokenValues rewards) {
    return origin.call("trainPolicyGradient", () -> generator.trainPolicyGradient(batch, rewards));
  }

  /** A generator knows its own kind: it gets the other as its plugin made it. */
  @Override
  public void moveTowards(Generator other, float fraction) {
    Generator plain = other instanceof CheckedGenerator checked ? checked.generator : other;
    origin.run("moveTowards", () -> generator.moveTowards(plain, fraction));
  }

  @Override
  public NamedArrays parameters() {
    return origin.call("parameters", generator::parameters);
  }

  @Override
  public void setParameters(NamedArrays parameters) {
    origin.run("setParameters", () -> generator.setParameters(parameters));
  }

  @Override
  public NamedArrays optimizerState() {
    return origin.call("optimizerState", generator::optimizerState);
  }

  @Override
  public void setOptimizerState(NamedArrays state) {
    origin.run("setOptimizerState", () -> generator.setOptimizerState(state));
  }

  @Override
  public void close() {
    origin.run("close", generator::close);
  }
}
