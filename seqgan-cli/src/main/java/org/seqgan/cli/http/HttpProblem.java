package org.seqgan.cli.http;

import java.util.Map;
import org.seqgan.api.UserException;

/**
 * A request that is not carried out. The client is told the status and the message, as {@code
 * {"error": "one line"}}.
 */
public final class HttpProblem extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final transient Map<String, String> headers;

  /**
   * A problem.
   *
   * @param status 400 to 599
   * @param message what was expected, what was found and what to do, in one line
   */
  public HttpProblem(int status, String message) {
    this(status, message, Map.of());
  }

  /**
   * The same with headers, such as {@code Retry-After}.
   *
   * @param headers name to value
   */
  public HttpProblem(int status, String message, Map<String, String> headers) {
    super(UserException.line(message), null, false, false);
    this.status = status;
    this.headers = Map.copyOf(headers);
  }

  /** 400 to 599. */
  public int status() {
    return status;
  }

  /** Name to value. */
  public Map<String, String> headers() {
    return headers;
  }
}
