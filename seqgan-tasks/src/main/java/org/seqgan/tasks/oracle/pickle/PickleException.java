package org.seqgan.tasks.oracle.pickle;

/** Why a pickle is not read, in one line that follows the name of the file. */
public final class PickleException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_NAME = 80;

  PickleException(String reason) {
    super(reason);
  }

  /** A name that a file gives, made harmless: on one line and of bounded length. */
  public static String shown(String name) {
    String start = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "...";
    return start.replaceAll("[^\\p{Graph} ]", "?");
  }
}
