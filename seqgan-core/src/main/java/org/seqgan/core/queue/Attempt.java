package org.seqgan.core.queue;

import java.util.Optional;

/**
 * One process working on one thing: the folder {@code work/ID.NUMBER}, which nothing else writes.
 * Beside it {@code work/ID.NUMBER.free} says that it is over without a result.
 *
 * @param id what is worked on
 * @param number how many attempts there have been, with this one
 */
public record Attempt(String id, int number) {
  private static final String FREE = ".free";

  /** What a name in the folder {@code work} says, and whether it says that the attempt is over. */
  record Found(Attempt attempt, boolean isFree) {}

  static Optional<Found> parse(String name) {
    boolean free = name.endsWith(FREE);
    String plain = free ? name.substring(0, name.length() - FREE.length()) : name;
    int dot = plain.lastIndexOf('.');
    int number = number(plain, dot + 1);
    return dot <= 0 || number == 0
        ? Optional.empty()
        : Optional.of(new Found(new Attempt(plain.substring(0, dot), number), free));
  }

  /** The number at the end of a text; 0 where there is none. */
  private static int number(String text, int start) {
    int digits = text.length() - start;
    if (digits < 1 || digits > 9 || text.charAt(start) == '0') {
      return 0;
    }
    int number = 0;
    for (int i = start; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return 0;
      }
      number = 10 * number + digit;
    }
    return number;
  }

  /**
   * The attempt that has a folder.
   *
   * @param folder the name of the folder, without those above it
   */
  public static Optional<Attempt> ofFolder(String folder) {
    return parse(folder).filter(found -> !found.isFree()).map(Found::attempt);
  }

  /** The attempt before it, which may have been one of another process. */
  public Attempt before() {
    return new Attempt(id, number - 1);
  }

  Attempt next() {
    return new Attempt(id, number + 1);
  }

  /** The name of its folder in the folder {@code work}. */
  public String name() {
    return id + "." + number;
  }

  String folder() {
    return WorkQueue.WORK + "/" + name();
  }

  String free() {
    return folder() + FREE;
  }

  String record() {
    return folder() + "/" + Lease.RECORD;
  }

  /** Where its folder goes when it has come to a result. */
  String result() {
    return WorkQueue.ENDED + "/" + id;
  }
}
