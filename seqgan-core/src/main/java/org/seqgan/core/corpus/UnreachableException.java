package org.seqgan.core.corpus;

import org.seqgan.api.UserException;

/** A source that cannot be connected to, so that asking it for another file is in vain. */
final class UnreachableException extends UserException {
  UnreachableException(String message, Throwable cause) {
    super(Kind.ENVIRONMENT, message, cause);
  }
}
