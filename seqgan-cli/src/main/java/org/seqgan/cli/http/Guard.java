package org.seqgan.cli.http;

import java.util.Optional;

/** Looks at every request before its route is looked for. Called on several threads at once. */
@FunctionalInterface
public interface Guard {
  /**
   * Refuses a request by a {@link HttpProblem}, answers it itself, or gives nothing to let it
   * through.
   */
  Optional<Answer> before(Request request);
}
