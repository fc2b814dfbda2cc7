package org.seqgan.tasks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.seqgan.api.UserException;
import org.seqgan.api.data.Vocabulary;

/**
 * The settings of a notation as they were written into a model, perhaps by a stranger: every fault
 * is a {@link UserException} (data) that names the key. Immutable.
 */
public record Saved(Map<String, String> settings) {
  /** Copies the map. */
  public Saved {
    settings = Map.copyOf(settings);
  }

  /**
   * Insists that there are these keys and no others.
   *
   * @throws UserException naming one that is missing or not known
   */
  public void requireKeys(String... keys) {
    Set<String> known = Set.of(keys);
    Set<String> missing = new TreeSet<>(known);
    missing.removeAll(settings.keySet());
    Set<String> strange = new TreeSet<>(settings.keySet());
    strange.removeAll(known);
    if (!missing.isEmpty()) {
      throw fault("key '%s' is missing".formatted(missing.iterator().next()));
    }
    if (!strange.isEmpty()) {
      throw fault("key '%s' is not known".formatted(strange.iterator().next()));
    }
  }

  /**
   * A text.
   *
   * @throws UserException if it is missing
   */
  public String text(String key) {
    String value = settings.get(key);
    if (value == null) {
      throw fault("key '%s' is missing".formatted(key));
    }
    return value;
  }

  /**
   * One of the words of an enumeration.
   *
   * @throws UserException if it is none of them
   */
  public <E extends Enum<E>> E choice(String key, Class<E> type) {
    String found = text(key);
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> word(constant).equals(found))
        .findFirst()
        .orElseThrow(
            () ->
                fault(
                    "key '%s': expected %s, found '%s'"
                        .formatted(
                            key,
                            String.join(
                                " or ",
                                Arrays.stream(type.getEnumConstants()).map(Saved::word).toList()),
                            found)));
  }

  /** The word that {@link #choice} reads. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * A number.
   *
   * @throws UserException if it is none, or not within the bounds
   */
  public double number(String key, double least, double most) {
    try {
      double value = Double.parseDouble(text(key));
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw fault("key '%s': expected a number, found '%s'".formatted(key, text(key)));
    }
    throw fault("key '%s': expected %s to %s, found %s".formatted(key, least, most, text(key)));
  }

  /**
   * Insists on the tokens that a task always has.
   *
   * @throws UserException if they are others
   */
  public static void requireTokens(List<String> expected, List<String> found) {
    if (!expected.equals(found)) {
      throw fault("the tokens are not those of this task");
    }
  }

  /**
   * Insists on the vocabulary that a task always has.
   *
   * @throws UserException if it is another
   */
  public static void requireVocabulary(Vocabulary expected, Vocabulary found) {
    if (!expected.equals(found)) {
      throw fault("expected %s of this task, found %s".formatted(expected, found));
    }
  }

  /** What is wrong with a state, in words that follow where it stands. */
  static UserException fault(String problem) {
    return new UserException(UserException.Kind.DATA, problem);
  }
}
