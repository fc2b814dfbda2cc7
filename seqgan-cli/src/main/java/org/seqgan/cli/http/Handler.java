package org.seqgan.cli.http;

import java.io.IOException;

/** Answers requests to a route. Called on several threads at once. */
@FunctionalInterface
public interface Handler {
  /**
   * Answers one request.
   *
   * @throws HttpProblem with what the client is told
   * @throws org.seqgan.api.UserException whose message the client is told: 400 for a wrong
   *     configuration, 422 for data or a run that cannot be read, 500 for anything else
   * @throws IOException where the client is gone, or a file cannot be read
   */
  Answer handle(Request request) throws IOException;
}
