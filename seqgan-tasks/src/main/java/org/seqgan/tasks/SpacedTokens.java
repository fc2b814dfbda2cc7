package org.seqgan.tasks;

import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

/** Tokens that are written with white space between them, as numbers and names of notes are. */
public final class SpacedTokens {
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private SpacedTokens() {}

  /**
   * The ids of the tokens of a text; none of one of white space.
   *
   * @param id of a token; throws for what is none
   */
  public static int[] read(String text, ToIntFunction<String> id) {
    return SPACE.splitAsStream(text).filter(token -> !token.isEmpty()).mapToInt(id).toArray();
  }
}
