package org.seqgan.core.checked;

import java.util.Map;
import java.util.Optional;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.task.Notation;
import org.seqgan.api.task.Tune;
import org.seqgan.core.registry.PluginOrigin;

/** A plugin's notation, checked: what it reads are tokens of the vocabulary, and no end token. */
public final class CheckedNotation implements Notation {
  private final Notation notation;
  private final PluginOrigin origin;
  private final Vocabulary vocabulary;

  CheckedNotation(Notation notation, PluginOrigin origin, Vocabulary vocabulary) {
    this.notation = notation;
    this.origin = origin;
    this.vocabulary = vocabulary;
  }

  @Override
  public String show(int[] tokens) {
    return origin.call("show", () -> notation.show(tokens));
  }

  @Override
  public Optional<int[]> read(String beginning) {
    Optional<int[]> read = origin.call("read", () -> notation.read(beginning));
    read.ifPresent(this::requireBeginning);
    return read;
  }

  /** Every token may stand before others. */
  private void requireBeginning(int[] tokens) {
    int end = vocabulary.endToken().orElse(-1);
    for (int token : tokens) {
      if (token < 0 || token >= vocabulary.size() || token == end) {
        throw origin.fault(
            "read",
            "gave token %d, expected 0 to %d and no end token"
                .formatted(token, vocabulary.size() - 1));
      }
    }
  }

  @Override
  public Optional<Tune> tune(int[] tokens) {
    return origin.call("tune", () -> notation.tune(tokens));
  }

  @Override
  public Map<String, byte[]> files(int[] tokens) {
    return origin.call("files", () -> notation.files(tokens));
  }
}
