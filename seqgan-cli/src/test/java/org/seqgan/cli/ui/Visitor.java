package org.seqgan.cli.ui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;

/** Asks a workbench as its page does. */
final class Visitor {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final String origin;
  private final String token;

  /**
   * A visitor.
   *
   * @param address as the server prints it
   */
  Visitor(URI address) {
    this.origin = "http://" + address.getAuthority();
    this.token = address.getQuery().substring("token=".length());
  }

  /** A request without the token. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(origin + path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** With the token. */
  HttpRequest.Builder own(String path) {
    return request(path)
        .header("Cookie", "seqgan-token-%d=%s".formatted(URI.create(origin).getPort(), token));
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(own(path));
  }

  /** A JSON answer that must be there. */
  JsonNode json(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = get(path);
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  /** What the page sends to change something. */
  HttpResponse<String> change(String method, String path, String body)
      throws IOException, InterruptedException {
    return send(
        own(path)
            .header("Origin", origin)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body)));
  }

  /** Lines of an answer as they come. */
  Stream<String> lines(String path) throws IOException, InterruptedException {
    return client.send(own(path).build(), BodyHandlers.ofLines()).body();
  }

  String origin() {
    return origin;
  }

  String token() {
    return token;
  }

  static JsonNode parse(String text) throws IOException {
    return JSON.readTree(text);
  }
}
