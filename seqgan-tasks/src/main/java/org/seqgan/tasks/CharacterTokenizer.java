package org.seqgan.tasks;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A token for each character that a reader sees: an extended grapheme cluster (Unicode Standard
 * Annex 29), so that an accent stays on its letter and an emoji is not cut. The text is brought to
 * normal form C first (Annex 15). A run of white space is one space, and there is none at the ends.
 *
 * @param letterCase what becomes of capital letters
 */
public record CharacterTokenizer(LetterCase letterCase) implements Tokenizer {
  private static final Pattern CLUSTER = Pattern.compile("\\X");

  @Override
  public List<String> tokenize(String text) {
    return CLUSTER.matcher(Plain.text(text, letterCase)).results().map(MatchResult::group).toList();
  }

  /** {@inheritDoc} That is one space, whatever it is. */
  @Override
  public List<String> tokenizeBeginning(String text) {
    List<String> tokens = tokenize(text);
    if (tokens.isEmpty() || !Plain.endsInSpace(text)) {
      return tokens;
    }
    List<String> withSpace = new ArrayList<>(tokens);
    withSpace.add(" ");
    return withSpace;
  }

  /** Joins the tokens. */
  @Override
  public String detokenize(List<String> tokens) {
    return String.join("", tokens);
  }
}
