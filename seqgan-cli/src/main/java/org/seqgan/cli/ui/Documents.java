package org.seqgan.cli.ui;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.seqgan.cli.http.Answer;
import org.seqgan.cli.http.HttpProblem;
import org.seqgan.cli.http.Request;
import org.seqgan.cli.http.Routes;
import org.seqgan.core.io.Json;
import org.seqgan.core.survey.AnswerFolder;
import org.seqgan.core.survey.SurveyKey;
import org.seqgan.core.workbench.SurveySummary;
import org.seqgan.core.workbench.Workbench;

/**
 * Pages that lie in folders: reports and surveys. Somebody else may have written them, so they are
 * shown as those of another origin, which can ask this server nothing. The answers of a survey come
 * from the page around it.
 */
final class Documents {
  private static final Map<String, String> STRANGER =
      Map.of(
          "Content-Security-Policy",
          "sandbox allow-scripts allow-downloads allow-popups; default-src 'none';"
              + " script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:;"
              + " frame-ancestors 'self'",
          "Cache-Control",
          "no-store");
  private static final int LONGEST_REPORT = 1 << 28;

  private final Workbench workbench;

  private final Runnable rescan;

  /**
   * Pages of a workbench.
   *
   * @param rescan looks at everything anew
   */
  Documents(Workbench workbench, Runnable rescan) {
    this.workbench = workbench;
    this.rescan = rescan;
  }

  void addTo(Routes routes) {
    routes
        .add("GET", "/reports/run/{id}", this::runReport)
        .add("GET", "/reports/matrix/{id}", this::matrixReport)
        .add("GET", "/api/surveys", request -> surveys())
        .add("GET", "/survey/{id}", this::frame)
        .add("GET", "/survey/{id}/page", this::survey)
        .add("POST", "/survey/{id}/answers", this::answers);
  }

  private Answer runReport(Request request) throws IOException {
    return document(RunsApi.find(workbench, request.parameter("id")).layout().report());
  }

  private Answer matrixReport(Request request) throws IOException {
    String id = request.parameter("id");
    return document(
        workbench
            .latest()
            .matrix(id)
            .orElseThrow(
                () -> new HttpProblem(404, "there is no matrix '%s' any more".formatted(id)))
            .layout()
            .report());
  }

  private static Answer document(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new HttpProblem(404, "there is no %s yet".formatted(file));
    }
    if (Files.size(file) > LONGEST_REPORT) {
      throw new HttpProblem(
          422, "%s has %,d bytes; open it from its folder".formatted(file, Files.size(file)));
    }
    return Answer.bytes("text/html; charset=utf-8", Files.readAllBytes(file)).with(STRANGER);
  }

  private Answer surveys() {
    ArrayNode surveys = Json.object().putArray("surveys");
    for (SurveySummary survey : workbench.latest().surveys()) {
      surveys
          .addObject()
          .put("id", survey.id())
          .put("name", survey.name())
          .put("path", survey.path())
          .put("answers", survey.answers());
    }
    return Answer.json(Map.of("surveys", surveys));
  }

  private SurveySummary find(Request request) {
    String id = request.parameter("id");
    Optional<SurveySummary> survey = workbench.latest().survey(id);
    return survey.orElseThrow(
        () -> new HttpProblem(404, "there is no survey '%s' any more".formatted(id)));
  }

  private Answer frame(Request request) {
    find(request);
    return Assets.page("survey.html");
  }

  private Answer survey(Request request) throws IOException {
    return document(find(request).page());
  }

  private Answer answers(Request request) throws IOException {
    OwnPage.require(request);
    SurveySummary survey = find(request);
    String text = Json.pretty(request.json());
    Path page = survey.page();
    Path key = page.resolveSibling(survey.name() + ".key.json");
    Path file = new AnswerFolder(page, SurveyKey.read(key)).save(text);
    rescan.run();
    return Answer.json(201, Map.of("file", file.getFileName().toString()));
  }
}
