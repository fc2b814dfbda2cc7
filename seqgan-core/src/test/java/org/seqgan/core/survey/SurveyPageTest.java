package org.seqgan.core.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seqgan.api.backend.Decoding;
import org.seqgan.core.report.Chromium;
import org.w3c.dom.Document;

/** {@link SurveyPage}: blind, complete, and usable in a browser. */
class SurveyPageTest {
  /** Says yes to every third item, goes back once, skips one, and saves. */
  private static final String JUDGE =
      """
      <script>
        const tell = (name, text) => {
          const note = document.createElement("output");
          note.id = "test-" + name;
          note.textContent = text;
          document.body.append(note);
        };
        const make = URL.createObjectURL.bind(URL);
        URL.createObjectURL = blob => {
          blob.text().then(text => tell("saved", text));
          return make(blob);
        };
        // The browser of a test has nowhere to put a download, and may wait for it for ever.
        HTMLAnchorElement.prototype.click = function() {
          tell("download", this.download + " " + this.href.startsWith("blob:"));
        };
        const press = id => document.getElementById(id).click();
        const seen = () => document.querySelectorAll(".item:not([hidden])").length;
        const begin = name => {
          document.getElementById("judge").value = name;
          press("begin");
        };
        addEventListener("load", () => {
          tell("storage", document.getElementById("storage").textContent);
          begin("Jürgen / 1");
          const total = document.querySelectorAll(".item").length;
          const counts = [];
          for (let i = 0; i !== total - 1; i++) {
            counts.push(seen());
            press(i % 3 === 0 ? "yes" : "no");
          }
          press("back");
          tell("pressed", document.querySelector("[aria-pressed=true]").id);
          press("no");
          press("forward");
          tell("seen", new Set(counts).size + " " + counts[0] + " " + seen());
          tell("count", document.getElementById("count").textContent);
          press("save");
          tell("where", document.getElementById("where").textContent);
          tell("copy", document.getElementById("copy").value);
        });
      </script>
      """;

  /** Answers two items, and comes back. */
  private static final String RETURN =
      """
      <script>
        addEventListener("load", () => {
          const press = id => document.getElementById(id).click();
          const note = text => document.documentElement.setAttribute("data-place", text);
          document.getElementById("judge").value = "eva";
          press("begin");
          if (document.getElementById("place").textContent.startsWith("Item 1 ")) {
            press("yes");
            press("no");
            location.reload();
          } else {
            note(document.getElementById("place").textContent);
          }
        });
      </script>
      """;

  private static Survey survey(boolean music) {
    return SurveyBuilderTest.survey(TuneTask.of(music, 30), 4, 1);
  }

  private static Document parse(String page) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isWellFormedAndLoadsNothing(boolean music) throws Exception {
    String page = SurveyPage.render(survey(music));
    Document document = parse(page);
    assertThat(document.getElementsByTagName("article").getLength()).isEqualTo(12);
    assertThat(document.getElementsByTagName("rect").getLength() > 0).isEqualTo(music);
    assertThat(document.getElementsByTagName("script").getLength()).isEqualTo(music ? 2 : 1);
    assertThat(page).doesNotContain("<link", "<iframe", "<img", "@import", "url(", "http://x");
    assertThat(Pattern.compile("\\s(?:src|href)=\"").matcher(page).find()).isFalse();
  }

  @Test
  void showsEachItemOnceInTheOrderOfTheKeyAndEscaped() throws Exception {
    Survey survey = survey(false);
    Document page = parse(SurveyPage.render(survey));
    for (int i = 0; i < survey.items().size(); i++) {
      var article = page.getElementsByTagName("article").item(i);
      assertThat(article.getTextContent().strip()).isEqualTo(survey.items().get(i).shown().text());
      assertThat(article.getAttributes().getNamedItem("data-item").getNodeValue())
          .isEqualTo(survey.items().get(i).id());
    }
  }

  @Test
  void saysNothingOfTheSources() {
    SurveyBuilder builder = new SurveyBuilder(6, 5);
    TuneTask task = TuneTask.of(true, 30);
    builder.add("alpha-run", "words", task, SurveyBuilderTest.WRITER, Decoding.SAMPLE);
    Survey survey = builder.build();
    String page = SurveyPage.render(survey);
    assertThat(page).doesNotContain("alpha-run", "real\"", "generated", "sample");
    // Whichever way the items are assigned to sources, the page is the same.
    List<Survey.Item> swapped =
        survey.items().stream()
            .map(
                item ->
                    new Survey.Item(
                        item.id(), item.source().equals("real") ? "x" : "real", item.shown()))
            .toList();
    assertThat(
            SurveyPage.render(
                new Survey(survey.id(), 99, List.of("real", "x"), swapped, List.of("other"))))
        .isEqualTo(page);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isFilledInWithClicksAndItsAnswersAreScored(boolean music, @TempDir Path folder)
      throws Exception {
    Chromium browser = Chromium.orSkip(folder);
    Survey survey = survey(music);
    Path page = folder.resolve("survey.html");
    Files.writeString(page, SurveyPage.render(survey).replace("</head>", JUDGE + "</head>"));
    Chromium.Visit visit = browser.open(page, 390);
    assertThat(visit.log()).doesNotContain("CONSOLE", "net::ERR", "Uncaught");
    String dom = visit.dom();
    assertThat(note(dom, "seen")).isEqualTo("1 1 0");
    assertThat(note(dom, "pressed")).isEqualTo("no");
    assertThat(note(dom, "count")).startsWith("You answered 11 of 12 items. You can go back");
    assertThat(note(dom, "where")).startsWith("Saved as answers-Jürgen_1.json in the downloads");
    assertThat(note(dom, "download")).isEqualTo("answers-Jürgen_1.json true");
    Path answers = Files.writeString(folder.resolve("answers.json"), note(dom, "saved"));
    assertThat(note(dom, "copy")).isEqualTo(note(dom, "saved").strip());
    Path key = folder.resolve("survey.key.json");
    survey.key().write(key);
    AnswerSheet sheet = AnswerSheet.read(answers);
    assertThat(sheet.judge()).isEqualTo("Jürgen / 1");
    for (int i = 0; i < 11; i++) {
      assertThat(sheet.answers()).containsEntry(survey.items().get(i).id(), i % 3 == 0 && i != 10);
    }
    SurveyScores scores = SurveyScores.of(SurveyKey.read(key), List.of(sheet));
    assertThat(scores.missing()).isEqualTo(1);
    assertThat(scores.sources().stream().mapToInt(SurveyScores.SourceScore::answers).sum())
        .isEqualTo(11);
  }

  private static String note(String dom, String name) {
    var matcher = Pattern.compile("<output id=\"test-" + name + "\">([^<]*)</output>").matcher(dom);
    assertThat(matcher.find()).as("%s in %s", name, dom).isTrue();
    return matcher.group(1).replace("&amp;", "&");
  }

  @Test
  void progressSurvivesAReload(@TempDir Path folder) throws Exception {
    Chromium browser = Chromium.orSkip(folder);
    Path page = folder.resolve("survey.html");
    Files.writeString(
        page, SurveyPage.render(survey(false)).replace("</head>", RETURN + "</head>"));
    Chromium.Visit visit = browser.open(page, 390);
    assertThat(visit.dom()).contains("data-place=\"Item 3 of 12\"");
  }

  @Test
  void asksTheNetworkForNothingAndGoesOnWithoutAPlaceToKeepProgress(@TempDir Path folder)
      throws Exception {
    Chromium browser = Chromium.orSkip(folder);
    String html = SurveyPage.render(survey(true));
    assertThat(browser.requests(html)).isZero();
    String refusal =
        """
        <script>
          Object.defineProperty(window, "localStorage", { get() { throw new Error("refused"); } });
        </script>
        """;
    Path page = folder.resolve("survey.html");
    Files.writeString(page, html.replace("</head>", refusal + JUDGE + "</head>"));
    Chromium.Visit visit = browser.open(page, 390);
    assertThat(visit.log()).doesNotContain("CONSOLE", "Uncaught");
    assertThat(note(visit.dom(), "storage")).contains("does not keep your progress");
    assertThat(note(visit.dom(), "count")).startsWith("You answered 11 of 12");
  }
}
