package org.seqgan.cli.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.seqgan.api.backend.Decoding;
import org.seqgan.cli.http.Answer;
import org.seqgan.cli.http.Handler;
import org.seqgan.cli.http.Routes;
import org.seqgan.core.io.Json;
import org.seqgan.core.serve.ModelCache;
import org.seqgan.core.serve.ServedModel;
import org.seqgan.core.serve.ServingFigures;

/** All that {@code serve} answers. Thread-safe. */
public final class ServeApi {
  private final ModelCache models;
  private final ServingFigures figures;
  private final HttpFigures http = new HttpFigures();
  private final int mostSequences;
  private volatile boolean ready;

  /**
   * Answers of some models.
   *
   * @param figures of those models
   * @param mostSequences that one request may ask for
   */
  public ServeApi(ModelCache models, ServingFigures figures, int mostSequences) {
    this.models = models;
    this.figures = figures;
    this.mostSequences = mostSequences;
  }

  /** An endpoint: how it is asked, and what answers. */
  record Endpoint(String method, String path, Handler handler) {}

  /** All of them; {@link OpenApi} tells of the same. */
  List<Endpoint> endpoints() {
    Handler sequences = new SequenceHandler(models, mostSequences, http.seconds());
    return List.of(
        new Endpoint("POST", "/v1/models/{name}/sequences", sequences),
        new Endpoint("GET", "/v1/models", request -> Answer.json(list())),
        new Endpoint("GET", "/healthz", request -> Answer.json(Map.of("status", "ok"))),
        new Endpoint("GET", "/readyz", request -> readiness()),
        new Endpoint("GET", "/metrics", request -> metrics()),
        new Endpoint(
            "GET",
            "/openapi.json",
            request -> Answer.json(new OpenApi(mostSequences, models.names()).document())));
  }

  /** The routes of a server. */
  public Routes routes() {
    Routes routes = new Routes();
    for (Endpoint endpoint : endpoints()) {
      routes.add(
          endpoint.method(), endpoint.path(), http.counted(endpoint.path(), endpoint.handler()));
    }
    return routes;
  }

  /** Whether requests may come: models have been tried. */
  public void isReady() {
    ready = true;
  }

  private Answer readiness() {
    return ready
        ? Answer.json(Map.of("status", "ready"))
        : Answer.json(503, Json.object().put("error", "models are being opened"));
  }

  private ObjectNode list() {
    ObjectNode list = Json.object();
    ArrayNode all = list.putArray("models");
    for (ServedModel.About about : models.about()) {
      ObjectNode one = all.addObject();
      one.put("name", about.name())
          .put("task", about.task())
          .put("checkpoint", about.checkpoint())
          .put("sequence-length", about.sequenceLength())
          .put("vocabulary-size", about.vocabularySize())
          .put("parameter-bytes", about.bytes());
      Decoding decoding = about.decoding();
      one.putObject("decoding")
          .put("temperature", decoding.temperature())
          .put("top-k", decoding.topK())
          .put("top-p", decoding.topP());
      about.warnings().forEach(one.putArray("warnings")::add);
      one.put("open", models.isOpen(about.name()));
    }
    return list;
  }

  private Answer metrics() {
    Exposition text = new Exposition();
    text.counters("http_answers_total", "Answers, by route and status.", http.answers());
    text.histogram(
        "request_seconds",
        "Seconds from a request for sequences to the last that was drawn for it.",
        http.seconds());
    text.histogram(
        "waiting_seconds",
        "Seconds from a request for sequences to the batch that has its first.",
        figures.waiting());
    text.histogram("batch_seconds", "Seconds of drawing a batch.", figures.drawing());
    text.histogram("batch_sequences", "Sequences of a batch.", figures.rows());
    text.counter("sequences_total", "Sequences that were drawn.", figures.sequences().sum());
    text.counter(
        "requests_refused_total", "Requests that found a full queue.", figures.refused().sum());
    text.counter(
        "requests_late_total", "Requests that were not drawn in time.", figures.late().sum());
    text.counter(
        "requests_abandoned_total",
        "Requests that were given up before all was drawn, such as of clients that went.",
        figures.abandoned().sum());
    text.counter("models_opened_total", "How often a model was opened.", figures.opened().sum());
    text.counter(
        "models_evicted_total",
        "How often a model had to go for another.",
        figures.evicted().sum());
    text.gauge("models_bytes", "Bytes of the parameters of open models.", models.bytes());
    text.gauge("requests_waiting", "Requests for sequences that wait now.", models.waiting());
    Runtime runtime = Runtime.getRuntime();
    text.gauge(
        "heap_used_bytes",
        "Java heap in use, garbage included.",
        runtime.totalMemory() - runtime.freeMemory());
    return new Answer.Whole(
        200,
        Map.of("Content-Type", Exposition.CONTENT_TYPE, "Cache-Control", "no-store"),
        text.toString().getBytes(UTF_8));
  }
}
