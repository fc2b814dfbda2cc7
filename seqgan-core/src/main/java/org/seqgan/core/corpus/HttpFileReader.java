package org.seqgan.core.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.OptionalLong;
import org.seqgan.api.UserException;

/**
 * Reads a file from a web server, from the middle where the server can (RFC 9110, section 14). The
 * server may say anything at all: what is no answer is a failure of this attempt.
 */
record HttpFileReader(HttpClient client, URI address, DownloadSettings settings)
    implements FileReader {
  private static final int OK = 200;
  private static final int PARTIAL_CONTENT = 206;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  @Override
  public FileContent open(long offset) throws IOException, InterruptedException {
    HttpResponse<InputStream> response = send(offset);
    int status = response.statusCode();
    if (status == OK) {
      return content(0, response);
    }
    if (offset > 0 && status == PARTIAL_CONTENT && beginsAt(offset, response)) {
      return content(offset, response);
    }
    response.body().close();
    if (offset > 0 && (status == PARTIAL_CONTENT || status == RANGE_NOT_SATISFIABLE)) {
      return open(0);
    }
    throw refused(status);
  }

  private HttpResponse<InputStream> send(long offset) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(settings.stallTimeout());
    if (offset > 0) {
      request.header("Range", "bytes=" + offset + "-");
    }
    try {
      return client.send(request.build(), BodyHandlers.ofInputStream());
    } catch (IllegalArgumentException | UncheckedIOException e) {
      // A number that is none, or a redirect to an address that is none.
      throw new IOException("%s gives an answer that is none: %s".formatted(address, e), e);
    }
  }

  private static boolean beginsAt(long offset, HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Content-Range")
        .filter(range -> range.startsWith("bytes " + offset + "-"))
        .isPresent();
  }

  private FileContent content(long offset, HttpResponse<InputStream> response) {
    OptionalLong length = response.headers().firstValueAsLong("Content-Length");
    return new FileContent(
        offset,
        length.isPresent() ? OptionalLong.of(offset + length.getAsLong()) : length,
        new StallGuard(response.body(), settings));
  }

  private IOException refused(int status) {
    String message = "%s answers with status %d".formatted(address, status);
    if (status >= SERVER_ERROR || status == TOO_MANY_REQUESTS || status == REQUEST_TIMEOUT) {
      return new IOException(message);
    }
    throw new UserException(
        UserException.Kind.DATA,
        message
            + (status == 404 ? ": it has no such file" : "")
            + "; take another source by --from");
  }

  @Override
  public String place() {
    return address.toString();
  }
}
