package org.seqgan.core.checked;

import java.util.OptionalInt;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.NextTokens;
import org.seqgan.api.generator.Policy;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.registry.PluginOrigin;

/**
 * A plugin's policy, checked: its sequences are of the size that was asked for and of tokens of the
 * vocabulary, its log-probabilities one for each token and not above 0. A log-probability that is
 * no number is not its fault: training may have diverged.
 */
public class CheckedPolicy implements Policy {
  /** What rounding may add to a log-probability of 0. */
  private static final float ROUNDING = 1e-3f;

  private final Policy policy;
  private final PluginOrigin origin;
  private final Vocabulary vocabulary;
  private final int time;

  /**
   * Checks a policy.
   *
   * @param policy stays whose it is
   * @param origin the plugin that made it
   * @param vocabulary of its task
   * @param time T, the number of positions of every sequence
   */
  public CheckedPolicy(Policy policy, PluginOrigin origin, Vocabulary vocabulary, int time) {
    this.policy = policy;
    this.origin = origin;
    this.vocabulary = vocabulary;
    this.time = time;
  }

  @Override
  public final Sequences sample(int count, Decoding decoding, RandomStream stream) {
    return requireSamples(
        origin.call("sample", () -> policy.sample(count, decoding, stream)), count);
  }

  /** Refuses what is not as many samples as were asked for, of tokens of the vocabulary. */
  final Sequences requireSamples(Sequences samples, int count) {
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
  public final Completions complete(
      Sequences sequences, int copies, Decoding decoding, RandomStream stream) {
    Completions completions =
        origin.call("complete", () -> policy.complete(sequences, copies, decoding, stream));
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
  public final TokenValues logProbabilities(Sequences sequences) {
    TokenValues values = origin.call("logProbabilities", () -> policy.logProbabilities(sequences));
    if (values.count() != sequences.count() || values.time() != sequences.time()) {
      throw origin.fault(
          "logProbabilities",
          "gave [%d, %d] values, expected [%d, %d]"
              .formatted(values.count(), values.time(), sequences.count(), sequences.time()));
    }
    requireLogarithms("logProbabilities", values.values());
    return values;
  }

  @Override
  public final NextTokens nextTokens(Sequences sequences, int[] cells) {
    NextTokens next = origin.call("nextTokens", () -> policy.nextTokens(sequences, cells));
    if (next.count() != cells.length || next.vocabularySize() != vocabulary.size()) {
      throw origin.fault(
          "nextTokens",
          "gave %d distributions over %d tokens, expected %d over %d"
              .formatted(next.count(), next.vocabularySize(), cells.length, vocabulary.size()));
    }
    requireLogarithms("nextTokens", next.logs());
    return next;
  }

  private void requireLogarithms(String method, float[] values) {
    for (float value : values) {
      if (value > ROUNDING) { // false of NaN
        throw origin.fault(
            method, "gave the log-probability %s, expected at most 0".formatted(value));
      }
    }
  }
}
