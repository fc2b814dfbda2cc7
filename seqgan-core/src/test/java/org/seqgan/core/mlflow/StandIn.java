package org.seqgan.core.mlflow;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.seqgan.core.io.Json;

/**
 * What MLflow's documentation says that a tracking server answers, on the loopback address: a
 * stand-in, no MLflow.
 */
final class StandIn implements AutoCloseable {
  private static final String BASE = "/api/2.0/mlflow/";

  private record Answer(int status, String body) {}

  private record Request(String path, ObjectNode body) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<String> experiments = new CopyOnWriteArrayList<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<String> stalled = new CopyOnWriteArrayList<>();

  private volatile boolean taken;

  StandIn() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(BASE, this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void answer(String path, int status, String body) {
    answers.put(path, new Answer(status, body));
  }

  void answerWell(String path) {
    answers.remove(path);
  }

  void stall(String path) {
    stalled.add(path);
  }

  /** From now on another makes each experiment just before. */
  void takeExperiments() {
    taken = true;
  }

  List<String> experiments() {
    return experiments;
  }

  List<ObjectNode> sent(String path) {
    return requests.stream()
        .filter(request -> request.path.equals(path))
        .map(Request::body)
        .toList();
  }

  int count(String path) {
    return sent(path).size();
  }

  ObjectNode last(String path) {
    List<ObjectNode> sent = sent(path);
    return sent.get(sent.size() - 1);
  }

  /** All entries of a kind that came, each as a map. */
  List<Map<String, Object>> all(String kind) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (ObjectNode batch : sent("runs/log-batch")) {
      for (JsonNode entry : batch.get(kind)) {
        all.add(new JsonMapper().convertValue(entry, new TypeReference<>() {}));
      }
    }
    return all;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring(BASE.length());
    String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (stalled.contains(path)) {
      try {
        closed.await(20, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    Answer answer = answers.get(path);
    if (exchange.getRequestHeaders().containsKey("Upgrade")) {
      // Servers that know no HTTP/2 may lose the body of such a request.
      answer = new Answer(400, "{\"error_code\": \"INVALID_PARAMETER_VALUE\"}");
    } else if (answer == null) {
      if (!text.isEmpty()) {
        requests.add(new Request(path, Json.parse(text)));
      }
      answer = answer(path, exchange.getRequestURI().getRawQuery(), text);
    }
    byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private Answer answer(String path, String query, String text) {
    switch (path) {
      case "experiments/get-by-name" -> {
        String name =
            URLDecoder.decode(query.substring("experiment_name=".length()), StandardCharsets.UTF_8);
        int number = experiments.indexOf(name);
        return number < 0
            ? new Answer(404, "{\"error_code\": \"RESOURCE_DOES_NOT_EXIST\"}")
            : new Answer(200, "{\"experiment\": {\"experiment_id\": \"%d\"}}".formatted(number));
      }
      case "experiments/create" -> {
        experiments.add(Json.parse(text).get("name").asText());
        if (taken) {
          return new Answer(400, "{\"error_code\": \"RESOURCE_ALREADY_EXISTS\"}");
        }
        return new Answer(200, "{\"experiment_id\": \"%d\"}".formatted(experiments.size() - 1));
      }
      case "runs/create" -> {
        return new Answer(
            200, "{\"run\": {\"info\": {\"run_id\": \"run%d\"}}}".formatted(count(path)));
      }
      case "runs/update", "runs/log-batch" -> {
        return new Answer(200, "{}");
      }
      default -> {
        return new Answer(404, "{\"error_code\": \"ENDPOINT_NOT_FOUND\"}");
      }
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
