package org.seqgan.backend.cuda.driver;

/** Why no device can be used here, as one line: expected, found, what to do. */
public final class DriverUnavailableException extends Exception {
  public DriverUnavailableException(String reason) {
    super(reason);
  }

  DriverUnavailableException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
