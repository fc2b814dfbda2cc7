package org.seqgan.cli.ui;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.UserException;
import org.seqgan.cli.http.Answer;
import org.seqgan.cli.http.HttpProblem;
import org.seqgan.cli.http.Request;
import org.seqgan.cli.http.Routes;
import org.seqgan.core.config.RecordedConfig;
import org.seqgan.core.event.Shown;
import org.seqgan.core.io.Json;
import org.seqgan.core.report.Markup;
import org.seqgan.core.report.chart.Timeline;
import org.seqgan.core.report.chart.TuneFigure;
import org.seqgan.core.report.matrix.Plane;
import org.seqgan.core.run.MetricNote;
import org.seqgan.core.run.Position;
import org.seqgan.core.run.RunStatus;
import org.seqgan.core.run.SampleFolder;
import org.seqgan.core.workbench.ConfigDifferences;
import org.seqgan.core.workbench.Curves;
import org.seqgan.core.workbench.MatrixSummary;
import org.seqgan.core.workbench.QualityPlane;
import org.seqgan.core.workbench.RunCurve;
import org.seqgan.core.workbench.RunState;
import org.seqgan.core.workbench.RunSummary;
import org.seqgan.core.workbench.Snapshot;
import org.seqgan.core.workbench.Workbench;

/** What the page asks about runs. */
final class RunsApi {
  private static final int MOST_POINTS = 1000;
  private static final int MOST_RUNS = 1000;
  private static final int MOST_SAMPLES = 200;

  private final Workbench workbench;
  private final Curves curves = new Curves();
  private final String life = UUID.randomUUID().toString();
  private volatile Listing listing = new Listing(-1, new byte[0]);

  /**
   * The list as it was sent.
   *
   * @param version of the snapshot
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Listing(long version, byte[] body) {}

  RunsApi(Workbench workbench) {
    this.workbench = workbench;
  }

  void addTo(Routes routes) {
    routes
        .add("GET", "/api/runs", this::list)
        .add("GET", "/api/runs/{id}", this::run)
        .add("GET", "/api/curves", this::curves)
        .add("GET", "/api/metrics", this::metrics)
        .add("GET", "/api/differences", this::differences)
        .add("GET", "/api/samples", this::samples)
        .add("GET", "/api/plane", this::plane);
  }

  private Answer list(Request request) {
    Snapshot snapshot = workbench.latest();
    String tag = "\"%s-%d\"".formatted(life, snapshot.version());
    if (request.header("If-None-Match").filter(tag::equals).isPresent()) {
      return Answer.notModified().with(Map.of("ETag", tag));
    }
    Listing now = listing;
    if (now.version != snapshot.version()) {
      now = new Listing(snapshot.version(), body(snapshot));
      listing = now;
    }
    return new Answer.Whole(
        200,
        Map.of(
            "Content-Type", "application/json; charset=utf-8",
            "Cache-Control", "no-store",
            "ETag", tag),
        now.body);
  }

  private static byte[] body(Snapshot snapshot) {
    ObjectNode node =
        Json.object()
            .put("version", snapshot.version())
            .put("scanned", snapshot.version() == 0 ? null : snapshot.scanned().toString());
    snapshot.remarks().forEach(node.putArray("remarks")::add);
    ArrayNode runs = node.putArray("runs");
    snapshot.runs().forEach(run -> runs.add(RunJson.summary(run)));
    return Json.line(node).getBytes(UTF_8);
  }

  /**
   * The run of an id.
   *
   * @throws HttpProblem (404) where there is none
   */
  static RunSummary find(Workbench workbench, String id) {
    return workbench
        .latest()
        .run(id)
        .orElseThrow(() -> new HttpProblem(404, "there is no run '%s' any more".formatted(id)));
  }

  private Answer run(Request request) {
    RunSummary run = find(workbench, request.parameter("id"));
    return Answer.json(RunJson.whole(run));
  }

  /** The runs that are asked for, as far as they are there. */
  private List<RunSummary> asked(Request request, Snapshot snapshot) {
    Set<String> ids = new LinkedHashSet<>(List.of(request.required("runs").split(",")));
    if (ids.size() > MOST_RUNS) {
      throw new HttpProblem(
          400,
          "expected at most %,d runs, found %,d; ask for some, then for the others"
              .formatted(MOST_RUNS, ids.size()));
    }
    List<RunSummary> runs = new ArrayList<>();
    ids.forEach(id -> snapshot.run(id).ifPresent(runs::add));
    return runs;
  }

  private Answer curves(Request request) {
    Snapshot snapshot = workbench.latest();
    String metric = request.required("metric");
    ObjectNode answer = Json.object().put("metric", metric);
    List<RunSummary> runs = asked(request, snapshot);
    RunJson.describe(answer, note(runs, metric));
    ArrayNode all = answer.putArray("series");
    for (RunSummary run : runs) {
      ObjectNode series =
          all.addObject()
              .put("run", run.id())
              .put("name", run.name())
              .put("method", method(run, snapshot));
      ArrayNode points = series.putArray("points");
      ArrayNode phases = series.putArray("phases");
      try {
        if (run.state() == RunState.BROKEN) {
          series.put("message", run.message().orElse(null));
          continue;
        }
        RunCurve curve = curves.read(run.layout(), metric).thinnedTo(MOST_POINTS);
        for (RunCurve.Point point : curve.points()) {
          RunJson.add(points.addArray().add(point.step()), point.value());
        }
        for (Timeline.Span span : curve.phases()) {
          phases
              .addObject()
              .put("phase", span.phase().label())
              .put("order", span.phase().order())
              .put("from", span.offset())
              .put("to", span.offset() + span.steps());
        }
        series.put("thinned", curve.thinned());
      } catch (UserException e) {
        series.put("message", e.getMessage());
      }
    }
    return Answer.json(answer);
  }

  /** The method of a cell, or else the trainer. */
  private static @Nullable String method(RunSummary run, Snapshot snapshot) {
    return run.cell()
        .flatMap(
            cell ->
                snapshot
                    .matrix(cell.matrix())
                    .flatMap(
                        matrix ->
                            matrix.cells().stream()
                                .filter(each -> each.name().equals(cell.name()))
                                .map(MatrixSummary.CellStatus::method)
                                .findFirst()))
        .orElseGet(() -> run.parts().get("training"));
  }

  private static List<MetricNote> notes(RunSummary run) {
    try {
      return run.progress().isEmpty()
          ? List.of()
          : RunStatus.read(run.layout().status()).description().metrics();
    } catch (UserException e) {
      return List.of(); // The next scan says that it is broken.
    }
  }

  private static Optional<MetricNote> note(List<RunSummary> runs, String metric) {
    return runs.stream()
        .filter(run -> run.metrics().containsKey(metric))
        .flatMap(run -> notes(run).stream())
        .filter(note -> note.name().equals(metric))
        .findFirst();
  }

  private Answer metrics(Request request) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    Map<String, MetricNote> notes = new LinkedHashMap<>();
    for (RunSummary run : asked(request, workbench.latest())) {
      for (MetricNote note : notes(run)) {
        notes.putIfAbsent(note.name(), note);
      }
      run.metrics().keySet().forEach(name -> counts.merge(name, 1, Integer::sum));
    }
    ArrayNode metrics = Json.object().putArray("metrics");
    counts.forEach(
        (name, runs) ->
            RunJson.describe(
                metrics.addObject().put("name", name).put("runs", runs),
                Optional.ofNullable(notes.get(name))));
    return Answer.json(Map.of("metrics", metrics));
  }

  private Answer differences(Request request) {
    List<RunSummary> runs = new ArrayList<>();
    List<RecordedConfig> configs = new ArrayList<>();
    ObjectNode answer = Json.object();
    ArrayNode left = answer.putArray("unreadable");
    for (RunSummary run : asked(request, workbench.latest())) {
      try {
        configs.add(RecordedConfig.read(run.layout().config()));
        runs.add(run);
      } catch (UserException e) {
        left.addObject().put("run", run.id()).put("message", e.getMessage());
      }
    }
    ArrayNode ids = answer.putArray("runs");
    runs.forEach(run -> ids.add(run.id()));
    ArrayNode rows = answer.putArray("rows");
    for (ConfigDifferences.Row row : ConfigDifferences.of(configs).rows()) {
      ArrayNode values = rows.addObject().put("key", row.key()).putArray("values");
      row.values().forEach(value -> values.add(value.orElse(null)));
    }
    return Answer.json(answer);
  }

  private Answer samples(Request request) {
    RunSummary run = find(workbench, request.required("run"));
    String round = request.required("round");
    int from = request.number("from", 0, 0, Integer.MAX_VALUE / 4);
    int count = request.number("count", 50, 1, MOST_SAMPLES);
    String search = request.query("search").orElse("").toLowerCase(Locale.ROOT);
    SampleFolder folder = new SampleFolder(run.layout().samples());
    Position position =
        Position.parse(round)
            .filter(folder.positions()::contains)
            .orElseThrow(
                () ->
                    new HttpProblem(
                        404, "run %s has no samples '%s'".formatted(run.name(), round)));
    List<Shown> all = folder.read(position).sequences();
    ObjectNode answer = Json.object().put("round", round).put("total", all.size());
    ArrayNode sequences = Json.object().putArray("sequences");
    int matching = 0;
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).text().toLowerCase(Locale.ROOT).contains(search)) {
        if (matching >= from && matching < from + count) {
          put(sequences.addObject().put("index", i), all.get(i), i);
        }
        matching++;
      }
    }
    answer.put("matching", matching).set("sequences", sequences);
    return Answer.json(answer);
  }

  private static void put(ObjectNode node, Shown shown, int index) {
    String text = shown.text();
    node.put("text", text).put("kind", kind(shown)).putNull("svg").putNull("notes");
    shown
        .tune()
        .ifPresent(
            tune -> {
              Markup markup = new Markup();
              TuneFigure.draw(markup, tune, "Tune " + (index + 1));
              node.put("svg", markup.finish());
              ArrayNode notes = node.putArray("notes");
              tune.notes()
                  .forEach(
                      note ->
                          notes.addArray().add(note.start()).add(note.seconds()).add(note.pitch()));
            });
  }

  private static String kind(Shown shown) {
    if (shown.tune().isPresent()) {
      return "tune";
    }
    if (shown.text().indexOf('\n') >= 0) {
      return "poem";
    }
    return shown.text().matches("[0-9 ]+") ? "tokens" : "text";
  }

  private Answer plane(Request request) {
    Snapshot snapshot = workbench.latest();
    Optional<QualityPlane> found = QualityPlane.of(asked(request, snapshot), snapshot);
    ObjectNode answer = Json.object();
    Optional<Plane> plane = found.map(QualityPlane::plane);
    answer.put("quality", plane.map(Plane::up).orElse(null));
    answer.put("diversity", plane.map(Plane::across).orElse(null));
    answer
        .putObject("better")
        .put("quality", plane.flatMap(each -> RunJson.word(each.quality())).orElse(null))
        .put("diversity", plane.map(each -> each.lowIsDiverse() ? "lower" : "higher").orElse(null));
    List<RunSummary> runs = asked(request, snapshot);
    answer
        .putObject("how")
        .put("quality", how(runs, plane.map(Plane::up)))
        .put("diversity", how(runs, plane.map(Plane::across)));
    ArrayNode points = answer.putArray("points");
    for (QualityPlane.Point point : found.map(QualityPlane::points).orElse(List.of())) {
      ObjectNode node = points.addObject().put("run", point.run());
      if (point.temperature().isPresent()) {
        node.put("temperature", point.temperature().getAsDouble());
      } else {
        node.putNull("temperature");
      }
      node.put("x", point.diversity()).put("y", point.quality());
    }
    return Answer.json(answer);
  }

  private static @Nullable String how(List<RunSummary> runs, Optional<String> metric) {
    return metric.flatMap(name -> note(runs, name)).map(MetricNote::how).orElse(null);
  }
}
