package org.seqgan.core.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.seqgan.api.UserException;
import org.seqgan.core.io.Json;

/**
 * The REST interface of an MLflow tracking server, as far as a run needs it. For one thread.
 *
 * <p>Errors: {@link RefusedException} for what the server will not have, any other {@link
 * IOException} for what may pass, such as a server that is away. Both messages say who and what.
 */
final class MlflowClient {
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;
  private static final int LONGEST_ANSWER = 300;

  private final MlflowOptions options;
  private final String base;
  private final HttpClient client;

  MlflowClient(MlflowOptions options) {
    this.options = options;
    this.base = options.url().replaceFirst("/+$", "") + "/api/2.0/mlflow/";
    // Not HTTP/2: some servers lose the body of a request that asks for an upgrade.
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(options.timeout())
            .build();
  }

  /** The identifier of the experiment of that name; it is made where there is none. */
  String experiment(String name) throws IOException, InterruptedException {
    Optional<String> there = find(name);
    if (there.isPresent()) {
      return there.get();
    }
    try {
      return text(post("experiments/create", Json.object().put("name", name)), "experiment_id");
    } catch (RefusedException e) {
      // Cells of a matrix begin together: another may have made it just now.
      return find(name).orElseThrow(() -> e);
    }
  }

  private Optional<String> find(String name) throws IOException, InterruptedException {
    String query =
        "experiments/get-by-name?experiment_name="
            + URLEncoder.encode(name, StandardCharsets.UTF_8);
    try {
      return Optional.of(text(send(query, request(query).GET()), "experiment", "experiment_id"));
    } catch (RefusedException e) {
      if (e.status() != NOT_FOUND) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /**
   * Makes a run.
   *
   * @param time in milliseconds since 1970
   * @return its identifier
   */
  String createRun(String experiment, String name, long time)
      throws IOException, InterruptedException {
    ObjectNode body =
        Json.object()
            .put("experiment_id", experiment)
            .put("run_name", name)
            .put("start_time", time);
    return text(post("runs/create", body), "run", "info", "run_id");
  }

  /** Says that a run goes on. */
  void goOn(String run) throws IOException, InterruptedException {
    post("runs/update", Json.object().put("run_id", run).put("status", "RUNNING"));
  }

  /**
   * Says how a run ended.
   *
   * @param status a word of MLflow's
   * @param time in milliseconds since 1970
   */
  void end(String run, String status, long time) throws IOException, InterruptedException {
    post(
        "runs/update",
        Json.object().put("run_id", run).put("status", status).put("end_time", time));
  }

  /** Writes figures, parameters and tags, within the limits of one request. */
  void logBatch(ObjectNode batch) throws IOException, InterruptedException {
    post("runs/log-batch", batch);
  }

  private JsonNode post(String path, ObjectNode body) throws IOException, InterruptedException {
    return send(
        path,
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(Json.line(body))));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(options.timeout());
  }

  private JsonNode send(String path, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<String> response;
    try {
      response = client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      String reason = e.getMessage() == null ? "no connection" : e.getMessage();
      throw new IOException(
          "the MLflow server at %s does not answer: %s".formatted(options.url(), reason), e);
    }
    int status = response.statusCode();
    if (status != OK) {
      throw failed(path, status, response.body());
    }
    try {
      return Json.parse(response.body());
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "%s%s answers with what is no JSON object; is it an MLflow server?".formatted(base, path),
          e);
    }
  }

  private IOException failed(String path, int status, String body) {
    String said = UserException.line(body.strip());
    String message =
        "the MLflow server answers %s with status %d: %s"
            .formatted(
                path,
                status,
                said.length() > LONGEST_ANSWER ? said.substring(0, LONGEST_ANSWER) + "..." : said);
    boolean refused =
        status >= BAD_REQUEST
            && status < SERVER_ERROR
            && status != REQUEST_TIMEOUT
            && status != TOO_MANY_REQUESTS;
    return refused ? new RefusedException(status, message) : new IOException(message);
  }

  private String text(JsonNode answer, String... path) throws IOException {
    JsonNode node = answer;
    for (String key : path) {
      node = node.path(key);
    }
    if (!node.isTextual()) {
      throw new IOException(
          "%s answers without '%s'; is it an MLflow server?"
              .formatted(options.url(), String.join(".", path)));
    }
    return node.textValue();
  }
}
