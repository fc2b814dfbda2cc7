package org.seqgan.testkit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;
import org.seqgan.api.random.RandomStream;

/**
 * The seed of a contract's random numbers: 1, so that a contract is the same test every time, or
 * what the system property {@code seqgan.contract.seed} says. As an extension of a contract it
 * tells the seed with every failure.
 */
final class ContractSeed implements TestExecutionExceptionHandler {
  static final String PROPERTY = "seqgan.contract.seed";

  static long value() {
    String text = System.getProperty(PROPERTY, "1");
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "expected a whole number in the system property %s, found '%s'".formatted(PROPERTY, text),
          e);
    }
  }

  /** The seed of the {@code number}-th model or batch of a contract. */
  static long of(long number) {
    return 100 * value() + number;
  }

  /** Random numbers for a purpose. */
  static RandomStream stream(String purpose) {
    return RandomStream.of(value()).split("contract").split(purpose);
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    if (failure instanceof TestAbortedException) {
      throw failure;
    }
    String message = failure instanceof AssertionError ? failure.getMessage() : failure.toString();
    throw new AssertionError(
        "%s [seed %d; other random numbers: -D%s=N]".formatted(message, value(), PROPERTY),
        failure);
  }
}
