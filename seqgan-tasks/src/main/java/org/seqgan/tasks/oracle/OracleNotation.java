package org.seqgan.tasks.oracle;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.seqgan.api.UserException;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.task.Notation;
import org.seqgan.api.task.NotationState;
import org.seqgan.tasks.Saved;
import org.seqgan.tasks.SpacedTokens;

/**
 * Numbers with spaces between them.
 *
 * @param size V
 */
record OracleNotation(int size) implements Notation {
  @Override
  public String show(int[] tokens) {
    return Arrays.stream(tokens).mapToObj(Integer::toString).collect(Collectors.joining(" "));
  }

  @Override
  public Optional<int[]> read(String beginning) {
    return Optional.of(SpacedTokens.read(beginning, this::token));
  }

  private int token(String number) {
    if (number.matches("[0-9]{1,9}") && Integer.parseInt(number) < size) {
      return Integer.parseInt(number);
    }
    throw new UserException(
        UserException.Kind.CONFIGURATION,
        "'%s' is no token of the oracle; expected numbers from 0 to %d with spaces between them"
            .formatted(number, size - 1));
  }

  NotationState state() {
    return new NotationState(tokens(size), Map.of());
  }

  private static List<String> tokens(int size) {
    return IntStream.range(0, size).mapToObj(Integer::toString).toList();
  }

  static OracleNotation of(Vocabulary vocabulary, NotationState state) {
    new Saved(state.settings()).requireKeys();
    Saved.requireTokens(tokens(vocabulary.size()), state.tokens());
    return new OracleNotation(vocabulary.size());
  }
}
