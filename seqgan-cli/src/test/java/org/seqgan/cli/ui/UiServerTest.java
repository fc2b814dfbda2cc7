package org.seqgan.cli.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.metric.Better;
import org.seqgan.core.event.Shown;
import org.seqgan.core.io.Json;
import org.seqgan.core.matrix.Cell;
import org.seqgan.core.matrix.CellState;
import org.seqgan.core.matrix.CellSummary;
import org.seqgan.core.matrix.FinalScores;
import org.seqgan.core.matrix.MatrixDirectory;
import org.seqgan.core.matrix.MatrixProgram;
import org.seqgan.core.matrix.Plan;
import org.seqgan.core.run.RunLayout;
import org.seqgan.core.run.RunTags;
import org.seqgan.core.survey.Survey;
import org.seqgan.core.survey.SurveyPage;

/** {@link UiServer}: each thing that the page asks, and who may not ask it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class UiServerTest {
  /** A name that is markup, and that no JSON and no HTML may take for its own. */
  private static final String MARKUP = "<img src=x onerror=alert(1)>&\"'ü";

  private static final Queue<String> COMPLAINTS = new ConcurrentLinkedQueue<>();

  @TempDir private static Path folder;

  private UiServer reading;
  private UiServer changing;
  private Visitor visitor;
  private Visitor master;

  @BeforeAll
  void start() throws Exception {
    Path runs = Files.createDirectories(folder.resolve("runs"));
    WrittenRun.begin(runs.resolve("one"), WrittenRun.CONFIG)
        .warn("it <b>bends</b>")
        .step(1, "5 8 1", "9 9")
        .step(2, "a line\nof a poem", "another\npoem <script>")
        .step(3, "Apple pie", "", "banana", "apple tree")
        .tune(4)
        .finish();
    WrittenRun.begin(
            runs.resolve("two"),
            WrittenRun.CONFIG.replace("= 32 ", "= 64 ").replace("= 7 ", "= 8 "))
        .step(1, "x")
        .finish();
    WrittenRun.begin(runs.resolve(MARKUP), WrittenRun.CONFIG).step(1, "y").finish();
    WrittenRun.begin(runs.resolve("broken"), WrittenRun.CONFIG).step(1, "z").finish();
    Files.writeString(runs.resolve("broken/status.json"), "{\"state\": \"" + MARKUP.charAt(0));
    matrix(folder.resolve("matrix"));
    survey(folder.resolve("judge.html"));
    reading = server(false);
    changing = server(true);
    visitor = new Visitor(reading.address());
    master = new Visitor(changing.address());
    await(() -> visitor.json("/api/runs"), node -> node.path("version").asInt() > 0);
    await(() -> master.json("/api/runs"), node -> node.path("version").asInt() > 0);
  }

  private static UiServer server(boolean control) {
    return UiServer.start(
        new UiServer.Settings(
            List.of(folder), 0, control, "1.2.3", run -> List.of("false"), COMPLAINTS::add));
  }

  @AfterAll
  void stop() {
    reading.close();
    changing.close();
    assertThat(COMPLAINTS).isEmpty();
  }

  private static void matrix(Path root) throws IOException {
    Cell done = new Cell(1, "mle-seed1", "mle", Map.of(), 1, "", List.of());
    Cell failed = new Cell(2, "seqgan-seed1", "seqgan", Map.of(), 1, "", List.of());
    Cell waiting = new Cell(3, "seqgan-seed2", "seqgan", Map.of(), 2, "", List.of());
    Plan plan =
        new Plan(
            "tiny <matrix>",
            "mle",
            "nll-oracle",
            Better.LOWER,
            List.of(),
            Map.of(),
            Map.of(),
            List.of(done, failed, waiting));
    try (MatrixDirectory matrix =
        MatrixDirectory.create(root, plan, new MatrixProgram("1", Map.of()))) {
      Path cell = Files.createDirectories(matrix.folder(done).root());
      WrittenRun.begin(matrix.folder(done).run().root(), WrittenRun.CONFIG).step(1, "w").finish();
      FinalScores scores =
          new FinalScores(
              List.of(),
              List.of(),
              List.of(
                  new FinalScores.AtTemperature(
                      0.5f, Map.of("nll-oracle", 3.0, "distinct-2", 0.25)),
                  new FinalScores.AtTemperature(1, Map.of("nll-oracle", 4.0, "distinct-2", 0.75))));
      CellSummary summary =
          new CellSummary(done, CellState.DONE, "", 1, 0, Map.of(), List.of(), scores);
      Files.writeString(cell.resolve("summary.json"), Json.line(summary));
      Path other = Files.createDirectories(matrix.folder(failed).root());
      Files.writeString(
          other.resolve("summary.json"), Json.line(CellSummary.failed(failed, "it broke", 1)));
      Files.writeString(matrix.report(), "<p>matrix report");
    }
  }

  private static void survey(Path page) throws IOException {
    List<Survey.Item> items =
        List.of(
            new Survey.Item("i1", Survey.REAL, new Shown("one", Optional.empty())),
            new Survey.Item("i2", "mle", new Shown("two", Optional.empty())));
    Survey survey = new Survey("s-1", 1, List.of(Survey.REAL, "mle"), items, List.of());
    survey.key().write(page.resolveSibling("judge.key.json"));
    Files.writeString(page, SurveyPage.render(survey));
  }

  /** Something that is asked until it is as it should be. */
  private interface Question<T> {
    T ask() throws IOException, InterruptedException;
  }

  private static <T> T await(Question<T> question, Predicate<T> wanted)
      throws IOException, InterruptedException {
    T answer = question.ask();
    while (!wanted.test(answer)) {
      Thread.sleep(50);
      answer = question.ask();
    }
    return answer;
  }

  private static JsonNode named(JsonNode runs, String name) {
    return StreamSupport.stream(runs.path("runs").spliterator(), false)
        .filter(run -> run.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private String id(String name) throws IOException, InterruptedException {
    return named(visitor.json("/api/runs"), name).path("id").asText();
  }

  private static List<String> texts(JsonNode array, String key) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.path(key).asText()));
    return texts;
  }

  @Test
  void saysWhatItIs() throws Exception {
    JsonNode info = visitor.json("/api/info");
    assertThat(info.path("version").asText()).isEqualTo("1.2.3");
    assertThat(info.path("control").asBoolean()).isFalse();
    assertThat(info.path("roots").path(0).asText()).isEqualTo(folder.toString());
    assertThat(master.json("/api/info").path("control").asBoolean()).isTrue();
  }

  @Test
  void listsRunsEvenWhereOneIsBrokenOrHasAStrangeName() throws Exception {
    JsonNode runs = visitor.json("/api/runs");
    assertThat(texts(runs.path("runs"), "name"))
        .contains("one", "two", "broken", MARKUP, "mle-seed1");
    JsonNode one = named(runs, "one");
    assertThat(one.path("path").asText()).isEqualTo("runs/one");
    assertThat(one.path("state").asText()).isEqualTo("finished");
    assertThat(one.path("message").isNull()).isTrue();
    assertThat(one.path("phase").asText()).isEqualTo("adversarial");
    assertThat(one.path("step").asInt()).isEqualTo(3);
    assertThat(one.path("steps").asInt()).isEqualTo(10);
    assertThat(one.path("fraction").asDouble()).isEqualTo(1);
    assertThat(one.path("trainer").asText()).isEqualTo("seqgan");
    assertThat(one.path("discriminator").isNull()).isTrue();
    assertThat(one.path("seed").asText()).isEqualTo("7");
    assertThat(one.path("warnings").asInt()).isEqualTo(1);
    assertThat(one.path("report").asBoolean()).isTrue();
    assertThat(one.path("metrics").path("nll-oracle").asDouble()).isEqualTo(7);
    assertThat(one.path("metrics").has("g-loss-q50")).isFalse();
    JsonNode broken = named(runs, "broken");
    assertThat(broken.path("state").asText()).isEqualTo("broken");
    assertThat(broken.path("message").asText()).contains("status.json");
    assertThat(broken.path("started").isNull()).isTrue();
    assertThat(visitor.json("/api/runs/" + broken.path("id").asText()).path("config")).isEmpty();
    JsonNode cell = named(runs, "mle-seed1");
    assertThat(cell.path("cell").asText()).isEqualTo("mle-seed1");
    assertThat(cell.path("matrix").asText())
        .isEqualTo(visitor.json("/api/matrices").path("matrices").path(0).path("id").asText());
  }

  @Test
  void aListThatIsAtHandIsNotSentAgain() throws Exception {
    HttpResponse<String> first = visitor.get("/api/runs");
    String tag = first.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again =
        visitor.send(visitor.own("/api/runs").header("If-None-Match", tag));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(visitor.send(visitor.own("/api/runs").header("If-None-Match", "\"x\"")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void showsARunWhole() throws Exception {
    JsonNode run = visitor.json("/api/runs/" + id("one"));
    assertThat(texts(run.path("config"), "key")).contains("seed", "generator.hidden-size");
    assertThat(run.path("config").path(3).path("origin").asText())
        .isEqualTo("command line: generator.hidden-size=32");
    assertThat(texts(run.path("warningList"), "text")).containsExactly("it <b>bends</b>");
    assertThat(run.path("metricInfo").path("nll-oracle").path("better").asText())
        .isEqualTo("lower");
    assertThat(run.path("metricInfo").path("nll-oracle").path("how").asText())
        .isEqualTo("nats <on> \"40\" samples");
    assertThat(texts(run.path("rounds"), "key"))
        .containsExactly(
            "adversarial-000001", "adversarial-000002", "adversarial-000003", "adversarial-000004");
    assertThat(visitor.get("/api/runs/none").statusCode()).isEqualTo(404);
  }

  @Test
  void drawsCurvesOfThoseThatAreThere() throws Exception {
    JsonNode answer =
        visitor.json(
            "/api/curves?metric=g-loss&runs=%s,gone,%s,%s"
                .formatted(id("one"), id("broken"), id("mle-seed1")));
    assertThat(texts(answer.path("series"), "name")).containsExactly("one", "broken", "mle-seed1");
    assertThat(answer.path("series").path(0).path("points").toString())
        .isEqualTo("[[5,1.0],[6,null],[7,1.0]]");
    assertThat(answer.path("series").path(0).path("phases").toString())
        .isEqualTo(
            "[{\"phase\":\"generator-pretraining\",\"order\":0,\"from\":0,\"to\":4},"
                + "{\"phase\":\"adversarial\",\"order\":2,\"from\":4,\"to\":14}]");
    assertThat(answer.path("series").path(1).path("points")).isEmpty();
    assertThat(answer.path("series").path(1).path("message").asText()).contains("status.json");
    assertThat(answer.path("series").path(2).path("method").asText()).isEqualTo("mle");
  }

  @Test
  void namesTheMetricsOfSomeRuns() throws Exception {
    JsonNode metrics =
        visitor.json("/api/metrics?runs=" + id("one") + "," + id("two")).path("metrics");
    assertThat(texts(metrics, "name")).contains("nll-oracle", "distinct-2", "g-loss", "g-loss-q50");
    assertThat(metrics.path(0).path("runs").asInt()).isEqualTo(2);
    assertThat(metrics.path(0).path("better").asText()).isEqualTo("lower");
  }

  @Test
  void saysWhatConfigurationsDifferIn() throws Exception {
    JsonNode rows =
        visitor
            .json("/api/differences?runs=" + id("one") + "," + id("two") + "," + id("broken"))
            .path("rows");
    assertThat(rows.toString())
        .isEqualTo(
            "[{\"key\":\"seed\",\"values\":[\"7\",\"8\",\"7\"]},"
                + "{\"key\":\"generator.hidden-size\",\"values\":[\"32\",\"64\",\"32\"]}]");
  }

  @Test
  void findsSamples() throws Exception {
    String path = "/api/samples?run=" + id("one") + "&round=adversarial-00000";
    JsonNode tokens = visitor.json(path + "1");
    assertThat(tokens.path("total").asInt()).isEqualTo(2);
    assertThat(texts(tokens.path("sequences"), "kind")).containsExactly("tokens", "tokens");
    JsonNode poems = visitor.json(path + "2");
    assertThat(texts(poems.path("sequences"), "text"))
        .containsExactly("a line\nof a poem", "another\npoem <script>");
    assertThat(texts(poems.path("sequences"), "kind")).containsExactly("poem", "poem");
    JsonNode found = visitor.json(path + "3&search=APPLE&from=1&count=1");
    assertThat(found.path("total").asInt()).isEqualTo(4);
    assertThat(found.path("matching").asInt()).isEqualTo(2);
    assertThat(texts(found.path("sequences"), "text")).containsExactly("apple tree");
    assertThat(found.path("sequences").path(0).path("index").asInt()).isEqualTo(3);
    JsonNode tune = visitor.json(path + "4").path("sequences").path(0);
    assertThat(tune.path("kind").asText()).isEqualTo("tune");
    assertThat(tune.path("notes").toString()).isEqualTo("[[0.0,0.5,60]]");
    assertThat(tune.path("svg").asText()).contains("<svg").contains("C4");
    assertThat(visitor.get(path + "9").statusCode()).isEqualTo(404);
    assertThat(visitor.get(path + "/../../x").statusCode()).isEqualTo(404);
    assertThat(visitor.get(path + "1&count=0").statusCode()).isEqualTo(400);
  }

  @Test
  void drawsThePathsOfTemperatures() throws Exception {
    JsonNode plane = visitor.json("/api/plane?runs=" + id("mle-seed1") + "," + id("one"));
    assertThat(plane.path("quality").asText()).isEqualTo("nll-oracle");
    assertThat(plane.path("diversity").asText()).isEqualTo("distinct-2");
    assertThat(plane.path("better").toString())
        .isEqualTo("{\"quality\":\"lower\",\"diversity\":\"higher\"}");
    assertThat(texts(plane.path("points"), "temperature")).containsExactly("0.5", "1.0", "null");
    assertThat(texts(plane.path("points"), "x")).containsExactly("0.25", "0.75", "0.5");
    assertThat(texts(plane.path("points"), "y")).containsExactly("3.0", "4.0", "7.0");
  }

  @Test
  void showsMatrices() throws Exception {
    JsonNode matrix = visitor.json("/api/matrices").path("matrices").path(0);
    assertThat(matrix.path("name").asText()).isEqualTo("tiny <matrix>");
    assertThat(matrix.path("cells").asInt()).isEqualTo(3);
    assertThat(matrix.path("done").asInt()).isEqualTo(1);
    assertThat(matrix.path("failed").asInt()).isEqualTo(1);
    JsonNode cells = visitor.json("/api/matrices/" + matrix.path("id").asText()).path("cellList");
    assertThat(texts(cells, "state")).containsExactly("done", "failed", "waiting");
    assertThat(texts(cells, "message")).containsExactly("null", "it broke", "null");
    assertThat(cells.path(0).path("run").asText()).isEqualTo(id("mle-seed1"));
    assertThat(visitor.get("/reports/matrix/" + matrix.path("id").asText()).body())
        .isEqualTo("<p>matrix report");
  }

  @Test
  void reportsAreShownAsStrangers() throws Exception {
    HttpResponse<String> report = visitor.get("/reports/run/" + id("one"));
    assertThat(report.body()).isEqualTo("<p>report");
    assertThat(report.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("sandbox allow-scripts")
        .doesNotContain("allow-same-origin");
  }

  @Test
  void hostsSurveysAndKeepsAnswers() throws Exception {
    JsonNode survey = visitor.json("/api/surveys").path("surveys").path(0);
    String path = "/survey/" + survey.path("id").asText();
    assertThat(survey.path("name").asText()).isEqualTo("judge");
    assertThat(visitor.get(path).body()).contains("sandbox=\"allow-scripts");
    HttpResponse<String> page = visitor.get(path + "/page");
    assertThat(page.body()).contains("Written by a person?");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("sandbox");
    String answers =
        "{\"format\":\"seqgan survey answers 1\",\"survey\":\"s-1\",\"judge\":\"Ada/../x\","
            + "\"answers\":{\"i1\":true}}";
    HttpResponse<String> saved = visitor.change("POST", path + "/answers", answers);
    assertThat(saved.body()).isEqualTo("{\"file\":\"answers-Ada_x.json\"}");
    assertThat(saved.statusCode()).isEqualTo(201);
    assertThat(visitor.change("POST", path + "/answers", answers).body())
        .isEqualTo("{\"file\":\"answers-Ada_x-2.json\"}");
    assertThat(folder.resolve("answers-Ada_x.json")).exists();
    assertThat(visitor.json("/api/surveys").path("surveys").path(0).path("answers").asInt())
        .isEqualTo(2);
    for (String wrong :
        List.of(
            answers.replace("s-1", "s-2"),
            answers.replace("i1", "i9"),
            answers.replace("true", "1"),
            "{}")) {
      assertThat(visitor.change("POST", path + "/answers", wrong).statusCode()).isEqualTo(422);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html; charset=utf-8",
    "/app/survey-frame.js, text/javascript; charset=utf-8",
    "/app/survey-frame.css, text/css; charset=utf-8",
    "/lib/uplot.js, text/javascript; charset=utf-8",
    "/lib/uplot.css, text/css; charset=utf-8",
    "/lib/report.css, text/css; charset=utf-8"
  })
  void servesThePageFromTheProgramAlone(String path, String type) throws Exception {
    HttpResponse<String> answer = visitor.get(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains(type);
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'self'; style-src 'self' 'unsafe-inline';")
        .doesNotContain("script-src");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/app/nothing.js",
        "/app/..%2Findex.html",
        "/app/%2e%2e%2fUiServer.class",
        "/lib/other.js",
        "/UiServer.class",
        "/api/nothing"
      })
  void servesNothingElse(String path) throws Exception {
    assertThat(visitor.get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void theFirstVisitGetsACookie() throws Exception {
    HttpResponse<String> answer = visitor.send(visitor.request("/?token=" + visitor.token()));
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location")).contains("/");
    assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
        .isEqualTo(
            "seqgan-token-%d=%s; HttpOnly; SameSite=Strict; Path=/"
                .formatted(reading.address().getPort(), visitor.token()));
    assertThat(visitor.token()).isNotEqualTo(master.token()).hasSize(64);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/?token=wrong",
        "/?token=",
        "/app/main.js",
        "/api/runs",
        "/api/events",
        "/reports/run/x",
        "/survey/x"
      })
  void withoutTheTokenNobodyIsToldAnything(String path) throws Exception {
    HttpResponse<String> answer = visitor.send(visitor.request(path));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body())
        .isEqualTo("{\"error\":\"expected the address that 'seqgan ui' printed, with its token\"}");
  }

  @Test
  void anotherOriginIsRefusedEvenWithTheToken() throws Exception {
    for (String origin : List.of("http://evil.example", "null", master.origin())) {
      assertThat(visitor.send(visitor.own("/api/runs").header("Origin", origin)).statusCode())
          .isEqualTo(403);
    }
    assertThat(
            visitor.send(visitor.own("/api/runs").header("Origin", visitor.origin())).statusCode())
        .isEqualTo(200);
  }

  @Test
  void changesNothingUnlessThatIsAllowed() throws Exception {
    String path = "/api/runs/" + id("two");
    for (String what : List.of("/stop", "/resume")) {
      HttpResponse<String> answer = visitor.change("POST", path + what, "{}");
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body()).contains("--allow-control");
    }
    assertThat(visitor.change("PUT", path + "/tags", "{\"tags\":[\"a\"]}").statusCode())
        .isEqualTo(403);
    assertThat(folder.resolve("runs/two/tags.json")).doesNotExist();
  }

  @Test
  void changesNeedThePageAndJson() throws Exception {
    String path = "/api/runs/" + id("two") + "/tags";
    String tags = "{\"tags\":[\"a\"]}";
    assertThat(
            master
                .send(
                    master
                        .own(path)
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(tags)))
                .statusCode())
        .isEqualTo(403);
    assertThat(
            master
                .send(
                    master
                        .own(path)
                        .header("Origin", master.origin())
                        .header("Content-Type", "text/plain")
                        .PUT(BodyPublishers.ofString(tags)))
                .statusCode())
        .isEqualTo(415);
    assertThat(folder.resolve("runs/two/tags.json")).doesNotExist();
  }

  @Test
  void tagsARunWhereThatIsAllowed() throws Exception {
    String path = "/api/runs/" + id("one") + "/tags";
    String tag = "<i>best</i>";
    HttpResponse<String> answer = master.change("PUT", path, "{\"tags\":[\"" + tag + "\"]}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(Visitor.parse(answer.body()).path("tags").path(0).asText()).isEqualTo(tag);
    assertThat(RunTags.read(new RunLayout(folder.resolve("runs/one"))).tags()).containsExactly(tag);
    assertThat(master.change("PUT", path, "{\"tags\":[\"a,b\"]}").statusCode()).isEqualTo(400);
    assertThat(master.change("PUT", path, "{\"tags\":[1]}").statusCode()).isEqualTo(400);
    assertThat(master.change("PUT", path, "{}").statusCode()).isEqualTo(400);
  }

  @Test
  void saysWhyARunCannotBeStoppedOrResumed() throws Exception {
    String finished = "/api/runs/" + id("two");
    assertThat(master.change("POST", finished + "/stop", "{}").body())
        .contains("run two is finished: there is nothing to stop");
    assertThat(master.change("POST", finished + "/resume", "{}").body())
        .contains("run two is finished: it cannot be resumed");
    assertThat(master.change("POST", "/api/runs/" + id("mle-seed1") + "/stop", "{}").body())
        .contains("is a cell: stop its matrix");
    assertThat(master.change("POST", "/api/runs/none/stop", "{}").statusCode()).isEqualTo(404);
  }

  @Test
  void followsARunWhileItIsWritten() throws Exception {
    Iterator<String> lines = visitor.lines("/api/events").iterator();
    assertThat(lines.next()).isEqualTo(": welcome");
    int before = visitor.json("/api/runs").path("version").asInt();
    Path root = folder.resolve("runs/live");
    try (WrittenRun run = WrittenRun.begin(root, WrittenRun.CONFIG)) {
      JsonNode first = news(lines);
      assertThat(first.path("version").asInt()).isEqualTo(before + 1);
      String id = first.path("changed").path(0).asText();
      assertThat(visitor.json("/api/runs/" + id).path("state").asText()).isEqualTo("running");
      run.step(1, "x");
      JsonNode second = news(lines);
      assertThat(second.path("changed").path(0).asText()).isEqualTo(id);
      await(
          () -> visitor.json("/api/curves?metric=nll-oracle&runs=" + id).path("series").path(0),
          series -> series.path("points").size() == 1);
      HttpResponse<String> stop = master.change("POST", "/api/runs/" + id + "/stop", "{}");
      assertThat(stop.statusCode()).isIn(404, 409);
    }
    await(
        () -> named(visitor.json("/api/runs"), "live"),
        run -> run.path("state").asText().equals("interrupted"));
  }

  private static JsonNode news(Iterator<String> lines) throws IOException {
    String line = lines.next();
    while (!line.equals("event: runs")) {
      line = lines.next(); // Signs of life, and ends of events.
    }
    return Visitor.parse(lines.next().substring("data: ".length()));
  }
}
