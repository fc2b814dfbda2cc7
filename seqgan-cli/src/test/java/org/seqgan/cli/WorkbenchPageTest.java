package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.cli.ui.UiServer;
import org.seqgan.core.io.Json;

/** One server and one browser for all, since a browser takes a second to start. */
@Tag("slow")
@DisplayName("The page of the workbench, in a browser")
class WorkbenchPageTest {
  private static final String MARKUP = "<img src=x onerror=document.title='hacked'>";
  private static final List<String> VIEWS =
      List.of("runs", "curves", "differences", "samples", "plane", "matrices", "surveys");

  @TempDir private static Path shared;
  private static Path runs = Path.of("");
  private static @Nullable UiServer server;
  private static String origin = "";
  private static Browser browser;

  @BeforeAll
  static void begin() throws IOException {
    browser = Browser.startOrSkip();
    runs = Files.createDirectory(shared.resolve("runs"));
    SmallRun.train(runs.resolve("first"));
    SmallRun.train(runs.resolve("second"), "seed=2");
    copy(runs.resolve("first"), runs.resolve(MARKUP));
    copy(runs.resolve("first"), runs.resolve("damaged"));
    Files.writeString(runs.resolve("damaged/status.json"), "{");
    Path matrix = Files.writeString(shared.resolve("tiny.conf"), TinyRun.MATRIX);
    SmallRun.succeeds(
        "matrix", matrix.toString(), "-j", "1", "--out", runs.resolve("tiny").toString());
    SmallRun.succeeds(
        "survey",
        runs.resolve("first").toString(),
        "--items",
        "2",
        "--out",
        runs.resolve("asked.html").toString());
    UiServer.Settings settings =
        new UiServer.Settings(
            List.of(runs),
            0,
            true,
            "test",
            run -> ChildJvm.resuming(run, Optional.empty()),
            message -> {});
    server = UiServer.start(settings);
    origin = "http://" + server.address().getAuthority();
    browser.resize(1200, 800);
    browser.open(server.address().toString());
    browser.awaitText("6 runs");
  }

  @AfterAll
  static void end() throws IOException {
    if (server != null) {
      server.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void forget() {
    browser.resize(1200, 800);
    browser.evaluate("localStorage.clear(); sessionStorage.clear()");
  }

  @AfterEach
  void nothingIsComplainedOfNorAskedElsewhere() {
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.requests()).allMatch(address -> address.startsWith(origin));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Opens the page anew at a view. */
  private static void open(String route) {
    browser.open("about:blank");
    browser.open(origin + "/#/" + route);
    browser.await("document.querySelector('main h1')");
  }

  private static String id(String name) {
    String id =
        browser
            .evaluate(
                "fetch('/api/runs').then(r => r.json()).then(all =>"
                    + " all.runs.find(run => run.name === %s)?.id)".formatted(text(name)))
            .asText();
    assertThat(id).as(name).isNotEmpty();
    return id;
  }

  private static String text(String words) {
    return Json.line(words);
  }

  private static List<String> texts(String selector) {
    JsonNode all =
        browser.evaluate(
            "[...document.querySelectorAll(%s)].map(e => e.textContent)".formatted(text(selector)));
    return Stream.iterate(0, i -> i < all.size(), i -> i + 1)
        .map(i -> all.get(i).asText())
        .toList();
  }

  private static List<String> names() {
    return texts(".grid tbody th a");
  }

  // ---- the table of runs ----

  @Test
  void runsAreFilteredByWordsAndByTheLastValueOfAMetric() {
    open("runs");
    browser.awaitText("6 runs");
    browser.press("/");
    browser.type("seed:2");
    browser.awaitText("1 of 6 runs");
    assertThat(names()).containsExactly("second");
    browser.evaluate("document.querySelector('[name=filter]').select()");
    browser.type("nll-oracle<1000 -second -seed1");
    browser.awaitText("2 of 6 runs");
    assertThat(names()).containsExactlyInAnyOrder("first", MARKUP);
  }

  @Test
  void runsAreSortedByAColumnWhichSaysSo() {
    open("runs?sort=name");
    browser.awaitText("6 runs");
    List<String> upwards = names();
    browser.click("[data-key=name]");
    assertThat(texts("th[aria-sort=descending]")).containsExactly("Name ↓");
    assertThat(names()).hasSize(6).isNotEqualTo(upwards);
    assertThat(names().get(0)).isEqualTo("seqgan-seed1");
  }

  @Test
  void chosenColumnsAreKept() {
    open("runs");
    browser.click(".choices details:last-child summary");
    browser.evaluate(
        "[...document.querySelectorAll('.boxes label')].find(l => l.textContent === 'Folder').click()");
    assertThat(texts("thead th")).contains("Folder");
    open("runs");
    assertThat(texts("thead th")).contains("Folder");
  }

  @Test
  void aRunIsChosenAndOpenedByKeysAlone() {
    open("runs?sort=name&filter=name:first");
    browser.awaitText("1 of 6 runs");
    browser.evaluate("document.querySelector('.grid').focus()");
    browser.press("ArrowDown");
    browser.press(" ");
    browser.awaitText("1 chosen");
    browser.press("Enter");
    browser.await("document.querySelector('h1').textContent === 'first'");
    assertThat(browser.evaluate("document.activeElement.localName").asText()).isEqualTo("h1");
  }

  @Test
  void aBrokenRunIsListedWithItsReason() {
    open("runs?filter=state:broken");
    browser.awaitText("1 of 6 runs");
    assertThat(names()).containsExactly("damaged");
    open("run/" + id("damaged"));
    browser.await("document.querySelector('p.bad')?.textContent.includes('status.json')");
  }

  @Test
  void aNameThatContainsMarkupIsText() {
    for (String view : VIEWS) {
      open(view);
      browser.await("document.querySelector('main').innerText.length > 20");
    }
    open("run/" + id(MARKUP));
    browser.await("document.querySelector('h1').textContent === %s".formatted(text(MARKUP)));
    assertThat(browser.evaluate("document.querySelector('img') === null").asBoolean()).isTrue();
    assertThat(browser.evaluate("document.title").asText()).startsWith("<img");
  }

  // ---- curves ----

  @Test
  void curvesAreReadByKeys() {
    open("curves?metric=nll-oracle&runs=" + id("first") + "," + id("second"));
    browser.await("document.querySelector('.plot')?.dataset.painted === '2'");
    browser.evaluate("document.querySelector('.plot').focus()");
    browser.press("End");
    String last = browser.text(".reading");
    assertThat(last).startsWith("first: adversarial 3, nll-oracle ");
    browser.press("ArrowDown");
    assertThat(browser.text(".reading")).startsWith("second: adversarial 3, nll-oracle ");
    assertThat(browser.text("#announcer")).startsWith("second: adversarial 3");
    browser.press("ArrowLeft");
    assertThat(browser.text(".reading")).startsWith("second: adversarial 2, ");
    browser.evaluate("document.querySelector('figure details').open = true");
    browser.await("document.querySelectorAll('figure details tbody tr').length === 2");
    assertThat(browser.text("figure details tbody tr"))
        .startsWith("first")
        .contains("adversarial 3");
  }

  @Test
  void aPhaseBeginsAtTheSamePlaceInAllRuns() {
    JsonNode made =
        browser.evaluate(
            """
            import("/app/phases.js").then(({moves, onLine, placeInWords, timeline}) => {
              const phase = (name, order, from, to) => ({phase: name, order, from, to});
              const game = [
                phase("generator-pretraining", 0, 0, 120), phase("discriminator-pretraining", 1, 120, 170),
                phase("adversarial", 2, 170, 210),
              ];
              const constant = [phase("generator-pretraining", 0, 0, 120), phase("adversarial", 2, 120, 320)];
              const series = [{phases: constant}, {phases: game}];
              const line = timeline(series);
              return {
                line: line.map(({phase, from, to}) => [phase, from, to]),
                moves: [moves(series, line), moves([series[1], series[1]], line), moves([], [])],
                game: [0, 120, 121, 170, 210].map(step => onLine(step, game, line)),
                constant: [0, 120, 121, 320].map(step => onLine(step, constant, line)),
                words: [0, 120, 121, 170, 170.5, 370].map(step => placeInWords(step, line)),
                none: placeInWords(3, []),
              };
            })""");
    assertThat(made.path("line"))
        .hasToString(
            "[[\"generator-pretraining\",0,120],[\"discriminator-pretraining\",120,170],"
                + "[\"adversarial\",170,370]]");
    assertThat(made.path("moves")).hasToString("[true,false,false]");
    assertThat(made.path("game")).hasToString("[0,120,121,170,210]");
    assertThat(made.path("constant")).hasToString("[0,120,171,370]");
    assertThat(made.path("words"))
        .hasToString(
            "[\"generator-pretraining 0\",\"generator-pretraining 120\","
                + "\"discriminator-pretraining 1\",\"discriminator-pretraining 50\","
                + "\"adversarial 0.5000\",\"adversarial 200\"]");
    assertThat(made.path("none").asText()).isEqualTo("step 3");
  }

  @Test
  void aGroupIsAMeanWithABandAndSaysHow() {
    open(
        "curves?metric=nll-oracle&group=reward&band=interval&smooth=3&runs="
            + id("first")
            + ","
            + id("second"));
    browser.await("document.querySelector('.plot')?.dataset.painted");
    assertThat(texts(".names button"))
        .containsExactly("discriminator (mean of 2 runs, band: 95% interval of the mean)");
    assertThat(browser.text("figcaption"))
        .contains("the mean of the last 3 points")
        .contains("Student's t")
        .contains("lower is better");
  }

  @Test
  void theMeanAndItsBandAreWhatTheySay() {
    JsonNode made =
        browser.evaluate(
            """
            import("/app/statistics.js").then(({mean, smooth, studentT}) => {
              const one = {xs: [0, 2], ys: [1, 3]};
              const other = {xs: [0, 1, 2, 3], ys: [3, 4, null, 9]};
              const third = {xs: [1], ys: [6]};
              return {
                range: mean([one, other, third], "range"),
                interval: mean([{xs: [0], ys: [1]}, {xs: [0], ys: [3]}], "interval"),
                smooth: smooth([1, null, 3, 8], 2),
                t: [studentT(1), studentT(10), studentT(31), studentT(1000)],
              };
            })""");
    // At 1: 2 on the line of the first, 4, 6. At 2: 3, and 6.5 on the line from 4 to 9.
    assertThat(made.path("range").path("xs")).hasToString("[0,1,2,3]");
    assertThat(made.path("range").path("ys")).hasToString("[2,4,4.75,9]");
    assertThat(made.path("range").path("low")).hasToString("[1,2,3,9]");
    assertThat(made.path("range").path("high")).hasToString("[3,6,6.5,9]");
    // Standard error 1, t(0.975, 1) = 12.706.
    assertThat(made.path("interval").path("low").path(0).asDouble()).isEqualTo(2 - 12.706);
    assertThat(made.path("smooth")).hasToString("[1,null,3,5.5]");
    assertThat(made.path("t").path(1).asDouble()).isEqualTo(2.228);
    // R: qt(0.975, 31), qt(0.975, 1000)
    assertThat(made.path("t").path(2).asDouble()).isCloseTo(2.039513, within());
    assertThat(made.path("t").path(3).asDouble()).isCloseTo(1.962339, within());
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-4);
  }

  @Test
  void aDragLooksNearerAndAKeyShowsAll() {
    open("curves?metric=g-loss&runs=" + id("first"));
    browser.await("document.querySelector('.plot')?.dataset.painted");
    JsonNode box =
        browser.evaluate(
            "(b => [b.left, b.top, b.width, b.height])"
                + "(document.querySelector('.u-over').getBoundingClientRect())");
    double y = box.path(1).asDouble() + box.path(3).asDouble() / 2;
    double from = box.path(0).asDouble() + box.path(2).asDouble() * 0.5;
    browser.mouse("mouseMoved", from, y);
    browser.mouse("mousePressed", from, y);
    browser.mouse("mouseMoved", from + 200, y);
    browser.mouse("mouseReleased", from + 200, y);
    String part = ".controls [role=status]";
    browser.await("document.querySelector('" + part + "').textContent.startsWith('Only step ')");
    browser.evaluate("document.querySelector('.plot').focus()");
    browser.press("0");
    assertThat(browser.text(part)).isEmpty();
    browser.press("Home");
    browser.press("+");
    assertThat(browser.text(part)).isEqualTo("Only step 1 to 2.2500.");
  }

  // ---- differences, samples ----

  @Test
  void theConfigurationsOfTwoRunsDifferByTheirSeed() {
    open("differences?runs=" + id("first") + "," + id("second"));
    browser.awaitText("1 option differs.");
    assertThat(texts(".differences tbody th")).contains("seed");
    assertThat(texts(".differences td.other")).containsExactly("2");
  }

  @Test
  void samplesOfARunStandSideBySideOverItsRoundsAndAreSearched() {
    open("samples?runs=" + id("first"));
    browser.await("document.querySelectorAll('.column ol > li').length > 20");
    assertThat(texts(".column select option:checked")).hasSize(3).doesNotHaveDuplicates();
    String word = texts(".sequence").get(0).split(" ")[0];
    browser.press("/");
    browser.type(word);
    browser.await("document.querySelector('mark')");
    assertThat(texts("mark")).allMatch(word::equals);
    browser.awaitText(" have it, of ");
  }

  @Test
  void poemsAreSetInLinesAndTunesAreDrawnAndPlayed() {
    JsonNode made =
        browser.evaluate(
            """
            import("/app/tunes.js").then(({tune}) => {
              const markup = "<figure data-scale='20'><svg viewBox='0 0 400 90'>"
                + "<script>document.title = 'hacked'</script><a href='http://x.example/'></a>"
                + "<rect class='note' width='8' height='6' onclick='alert(1)'/>"
                + "<line class='playhead' x1='0' x2='0' y1='0' y2='90'/></svg></figure>";
              const figure = tune(markup, [[0, 0.2, 60], [0.2, 0.2, 64]], "tune 1");
              document.querySelector("main").append(figure);
              const before = figure.querySelector("svg").outerHTML;
              figure.querySelector("button").click();
              const during = figure.querySelector("button").textContent;
              figure.querySelector("button").click();
              return [before, during, figure.querySelector("button").textContent];
            })""");
    assertThat(made.path(0).asText())
        .contains("rect", "playhead")
        .doesNotContain("script", "href", "onclick");
    assertThat(made.path(1).asText()).isEqualTo("Stop");
    assertThat(made.path(2).asText()).isEqualTo("Play");
  }

  // ---- matrices, surveys ----

  @Test
  void aMatrixIsShownByMethodAndSeedAndItsRunsAreCompared() {
    open("matrices");
    browser.await("document.querySelector('tbody th a')");
    browser.click("tbody th a");
    browser.await("document.querySelector('h1').textContent === 'Matrix tiny'");
    browser.awaitText("2 of 2 cells done, 0 running, 0 failed.");
    assertThat(texts(".cells tbody th")).containsExactly("mle", "seqgan");
    assertThat(
            browser
                .evaluate(
                    "fetch(document.querySelector('main a[target]').href).then(r => r.status)")
                .asInt())
        .isEqualTo(200);
    browser.evaluate(
        "[...document.querySelectorAll('main a')]"
            + ".find(a => a.textContent === 'Quality and diversity').click()");
    browser.await("document.querySelector('.plot')?.dataset.painted === '2'");
    assertThat(texts(".names button")).containsExactlyInAnyOrder("mle-seed1", "seqgan-seed1");
    assertThat(texts("main tbody tr")).hasSize(6).anyMatch(row -> row.contains("0.7"));
  }

  @Test
  void aSurveyIsListedAndOpened() {
    open("surveys");
    browser.await("document.querySelector('tbody th a')");
    assertThat(texts("tbody tr")).containsExactly("asked0asked.html");
    browser.open(browser.evaluate("document.querySelector('tbody th a').href").asText());
    browser.await("document.querySelector('iframe').src.endsWith('/page')");
  }

  // ---- large ----

  @Test
  void tenThousandRunsAreATableOfFewRows() {
    open("surveys");
    browser.evaluate(
        """
        import("/app/store.js").then(({store}) => {
          store.runs = new Map(Array.from({length: 10000}, (_, i) => {
            const id = "r" + i;
            return [id, {
              id, name: id, title: id, path: id, root: "", state: i % 9 ? "finished" : "failed",
              fraction: 1, task: "oracle", seed: i % 50, tags: [], metrics: {"nll-oracle": i / 7},
            }];
          }));
          location.hash = "#/runs?sort=nll-oracle";
        })""");
    browser.awaitText("10,000 runs");
    assertThat(names()).hasSizeLessThan(80).startsWith("r0", "r1", "r2");
    browser.evaluate("document.querySelector('.grid').focus()");
    browser.press("End");
    browser.press("End");
    browser.await("document.activeElement.textContent === 'r9999'");
    assertThat(texts(".grid tbody tr[data-run]")).hasSizeLessThan(80);
    assertThat(
            browser
                .evaluate("document.activeElement.closest('tr').getAttribute('aria-rowindex')")
                .asText())
        .isEqualTo("10001");
    browser.press("/");
    browser.type("state:failed seed:3");
    browser.awaitText(" of 10,000 runs");
  }

  @Test
  void aThousandCurvesAreAllDrawnWhileThePageStillAnswers() {
    open("surveys");
    JsonNode drawn =
        browser.evaluate(
            """
            Promise.all([import("/app/chart.js"), import("/app/looks.js")]).then(
              async ([{Chart}, {look}]) => {
                const chart = new Chart(document.querySelector("main"));
                const xs = Array.from({length: 1000}, (_, i) => i);
                const curves = xs.map(k => ({
                  id: "c" + k, name: "c" + k, look: look(k), xs, ys: xs.map(x => Math.sin(x + k)),
                }));
                const model = {curves, label: "many", x: "step", y: "value", words: []};
                chart.show(model);
                let frames = 0;
                const plot = document.querySelector(".plot");
                while (plot.dataset.painted !== "1000") {
                  await new Promise(resolve => requestAnimationFrame(resolve));
                  frames++;
                }
                const names = document.querySelectorAll(".names button").length;
                chart.close();
                return {frames, names};
              })""");
    assertThat(drawn.path("frames").asInt()).isGreaterThan(10);
    assertThat(drawn.path("names").asInt()).isEqualTo(101);
  }

  // ---- live ----

  @Test
  void aRunThatRunsIsFollowedAndWhatIsWrittenIsShown() throws Exception {
    open("runs");
    browser.awaitText("6 runs");
    Path growing = runs.resolve("growing");
    List<String> words =
        List.of(
            SmallRun.words(
                growing,
                "training.adversarial.rounds=1000000",
                "training.generator-pretraining.epochs=1"));
    try (ProgramProcess training =
        ProgramProcess.startSilent(shared.resolve("training.txt"), words)) {
      training.awaitFile(growing.resolve("metrics.jsonl"));
      browser.awaitText("7 runs");
      browser.awaitText("running");
      open("run/" + id("growing"));
      browser.await("document.querySelector('main progress')");
      String step = "document.querySelector('main p').textContent.match(/adversarial (\\d+)/)[1]";
      browser.await(step + " > 5");
      int before = browser.evaluate(step).asInt();
      browser.await(step + " > " + before);
      browser.await("document.querySelector('.plot')?.dataset.painted === '1'");
      browser.evaluate(
          "[...document.querySelectorAll('button')].find(b => b.textContent === 'Stop').click()");
      browser.awaitText("interrupted");
      training.awaitEnd();
    }
    browser.await("document.querySelector('#announcer').textContent === 'growing is interrupted'");
    delete(growing);
    open("runs");
    browser.awaitText("6 runs");
    browser.complaints(); // of a run that went away
  }

  // ---- for everybody ----

  @Test
  void everyControlHasANameAndNoViewIsWiderThanAPhone() {
    browser.resize(360, 740);
    String both = "?runs=" + id("first") + "," + id("second");
    for (String view : VIEWS) {
      open(view + both);
      browser.await("document.querySelector('main').innerText.length > 20");
      browser.await("!document.querySelector('main').innerText.includes('Reading')");
      assertThat(browser.namelessControls()).as(view).isEmpty();
      assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
          .as(view)
          .isLessThanOrEqualTo(360);
    }
    open("run/" + id("first"));
    browser.await("document.querySelector('.plot')?.dataset.painted");
    assertThat(browser.namelessControls()).isEmpty();
    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(360);
  }

  @Test
  void keysGoToViewsAndCanBeTurnedOff() {
    open("runs");
    browser.press("g");
    browser.press("c");
    browser.await("document.querySelector('h1').textContent === 'Curves'");
    browser.press("?");
    browser.await("document.querySelector('dialog').open");
    browser.evaluate("document.querySelector('dialog input').click()");
    browser.press("Escape");
    browser.await("!document.querySelector('dialog').open");
    browser.press("g");
    browser.press("r");
    browser.press("?");
    assertThat(browser.evaluate("document.querySelector('dialog').open").asBoolean()).isFalse();
    assertThat(browser.text("h1")).isEqualTo("Curves");
  }

  @Test
  void anotherOriginReadsNothingAndChangesNothing() throws IOException {
    String first = id("first");
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    other.start();
    try {
      browser.open("http://127.0.0.1:" + other.getAddress().getPort() + "/");
      String attempt = "fetch(%s, %s).then(answer => answer.text(), problem => 'refused')";
      URI base = URI.create(origin);
      assertThat(
              browser
                  .evaluate(attempt.formatted(text(base + "/api/runs"), "{credentials: 'include'}"))
                  .asText())
          .isEqualTo("refused");
      assertThat(
              browser
                  .evaluate(
                      attempt.formatted(
                          text(base + "/api/runs/" + first + "/tags"),
                          "{credentials: 'include', method: 'PUT', body: '{\"tags\":[\"x\"]}',"
                              + " headers: {'Content-Type': 'application/json'}}"))
                  .asText())
          .isEqualTo("refused");
    } finally {
      other.stop(0);
      browser.complaints();
      browser.forgetRequests();
    }
    open("run/" + first);
    browser.awaitText("Tags: none");
  }

  @Test
  void tagsAreGivenInThePageAndFiltered() {
    open("run/" + id("second"));
    browser.await("document.querySelector('[name=tag]')");
    browser.evaluate("document.querySelector('[name=tag]').focus()");
    browser.type("<b>good</b>");
    browser.press("Enter");
    browser.await("document.querySelector('.tag')?.textContent === '<b>good</b>'");
    open("runs?filter=tag:good");
    browser.awaitText("1 of ");
    assertThat(names()).containsExactly("second");
  }
}
