package org.seqgan.core.mlflow;

import java.io.IOException;

/** The server understood a request and will not have it: asked again, it would say the same. */
final class RefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;

  RefusedException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The status of HTTP, 400 to 499. */
  int status() {
    return status;
  }
}
