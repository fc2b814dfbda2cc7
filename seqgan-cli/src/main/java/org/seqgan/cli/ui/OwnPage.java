package org.seqgan.cli.ui;

import java.util.Optional;
import org.seqgan.cli.http.HttpProblem;
import org.seqgan.cli.http.Request;

/** Who may change something: the page itself, which browsers say it is. */
final class OwnPage {
  private OwnPage() {}

  /**
   * Refuses a request that does not say that it comes from the page. An origin that is another one
   * was refused before.
   *
   * @throws HttpProblem (403)
   */
  static void require(Request request) {
    boolean own =
        request.header("Origin").isPresent()
            || request.header("Sec-Fetch-Site").equals(Optional.of("same-origin"));
    if (!own) {
      throw new HttpProblem(
          403, "expected an Origin: what changes something is asked for by the page");
    }
  }
}
