package org.seqgan.testkit;

import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * Something of the machine that a test needs: a browser, a compiler. Where it is missing the test
 * is skipped, and says why; but where the property {@code seqgan.require}, or else the variable
 * {@code SEQGAN_REQUIRE}, has its name, with commas between names, the test fails. Immutable.
 *
 * @param name such as {@code chromium}
 */
public record Requirement(String name) {
  private static final String PROPERTY = "seqgan.require";
  private static final String VARIABLE = "SEQGAN_REQUIRE";

  /**
   * Ends the test that asks unless what it needs is there.
   *
   * @param missing a sentence without a full stop, for where it is not
   * @throws TestAbortedException where it is missing
   * @throws AssertionError where it is missing and required
   */
  public void orSkip(boolean isThere, String missing) {
    if (isThere) {
      return;
    }
    String required = System.getProperty(PROPERTY, System.getenv().getOrDefault(VARIABLE, ""));
    if (Stream.of(required.split(",", -1)).anyMatch(name::equals)) {
      throw new AssertionError("%s; it is required here (%s)".formatted(missing, name));
    }
    throw new TestAbortedException(missing);
  }
}
