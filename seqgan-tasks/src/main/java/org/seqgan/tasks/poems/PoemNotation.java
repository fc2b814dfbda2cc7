package org.seqgan.tasks.poems;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.task.Notation;
import org.seqgan.api.task.NotationState;
import org.seqgan.tasks.Saved;
import org.seqgan.tasks.TokenTable;

/**
 * Quatrains, a token for each character.
 *
 * @param table the characters
 * @param layout how a quatrain is written
 */
record PoemNotation(TokenTable table, PoemLayout layout) implements Notation {
  private static final String LAYOUT = "layout";

  @Override
  public String show(int[] tokens) {
    List<String> characters = table.decode(tokens);
    return layout.write(characters);
  }

  /** {@inheritDoc} In the order in which they are read, whatever the layout. */
  @Override
  public Optional<int[]> read(String beginning) {
    return Optional.of(table.encodeKnown(PoemReader.characters(beginning)));
  }

  NotationState state() {
    return new NotationState(table.tokens(), Map.of(LAYOUT, Saved.word(layout)));
  }

  static PoemNotation of(Vocabulary vocabulary, NotationState state) {
    Saved saved = new Saved(state.settings());
    saved.requireKeys(LAYOUT);
    return new PoemNotation(
        TokenTable.of(vocabulary, state.tokens()), saved.choice(LAYOUT, PoemLayout.class));
  }
}
