package org.seqgan.api.backend;

import java.util.List;

/** Whether a backend can run on this machine, and what it found. */
public sealed interface Availability {
  /**
   * Lines for {@code seqgan doctor}: features, libraries and versions in use, and what is missing
   * to be faster.
   */
  List<String> details();

  /**
   * It can run here.
   *
   * @param details lines for {@code seqgan doctor}
   */
  record Available(List<String> details) implements Availability {}

  /**
   * It cannot run here.
   *
   * @param reason in words, with required and found versions, and what to do
   * @param details lines for {@code seqgan doctor}
   */
  record Unavailable(String reason, List<String> details) implements Availability {}
}
