package org.seqgan.core.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.task.Tune;
import org.seqgan.core.event.Phase;
import org.seqgan.core.report.Chromium;
import org.seqgan.core.report.Markup;
import org.seqgan.core.report.ReportPage;
import org.seqgan.core.report.run.RunReport;
import org.seqgan.core.run.MetricsHistory;
import org.seqgan.core.run.Position;
import org.seqgan.core.run.RunContents;
import org.seqgan.core.run.RunDescription;
import org.seqgan.core.run.RunStatus;
import org.seqgan.core.run.SampleFolder;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Tunes in the report of a run: seen as piano rolls and heard. */
class TuneFigureTest {
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

  /** Counts what a page asks of Web Audio. */
  private static final String LISTENER =
      """
      <script>
        const heard = { contexts: 0, starts: [], stops: 0, pitches: [] };
        const Real = AudioContext;
        window.AudioContext = class extends Real {
          constructor() { super(); heard.contexts++; }
          createOscillator() {
            const oscillator = super.createOscillator();
            const start = oscillator.start.bind(oscillator);
            const stop = oscillator.stop.bind(oscillator);
            oscillator.start = when => {
              heard.starts.push(when);
              heard.pitches.push(Math.round(oscillator.frequency.value));
              start(when);
            };
            oscillator.stop = when => { if (when === undefined) heard.stops++; stop(when); };
            return oscillator;
          }
        };
        const tell = (name, value) => document.documentElement.setAttribute("data-" + name, value);
        addEventListener("load", () => {
          const [first, second] = document.querySelectorAll(".play");
          first.click();
          tell("label", first.textContent);
          tell("contexts", heard.contexts);
          tell("oscillators", heard.starts.length);
          tell("pitches", heard.pitches.join(" "));
          tell("gap", (heard.starts[1] - heard.starts[0]).toFixed(3));
          second.click();
          tell("first-after-second", first.textContent);
          tell("stops-by-second", heard.stops);
          second.click();
          tell("second-after-stop", second.textContent);
          tell("stops", heard.stops);
          tell("contexts-in-all", heard.contexts);
        });
      </script>
      """;

  @TempDir private Path folder;

  private RunContents run() {
    RunStatus status =
        new RunStatus(
            RunStatus.State.FINISHED,
            Optional.empty(),
            new Position(Phase.ADVERSARIAL, 2),
            0,
            Map.of(Phase.ADVERSARIAL, 2),
            TIME,
            TIME,
            2,
            new RunDescription("0", List.of(), List.of()),
            List.of());
    return new RunContents(
        "tunes", status, "", new MetricsHistory(List.of()), new SampleFolder(folder));
  }

  private void samples(int step, String... tunes) throws IOException {
    String label = new Position(Phase.ADVERSARIAL, step).label();
    Files.writeString(folder.resolve(label + ".txt"), "as text");
    Files.writeString(
        folder.resolve(label + ".tunes.json"),
        "{\"sequences\": [" + String.join(", ", tunes) + "]}");
  }

  /** Crotchets upwards from middle C. */
  private static String scale(int notes) {
    return IntStream.range(0, notes)
        .mapToObj(i -> "[%d, %s, 0.5]".formatted(60 + i, i * 0.5))
        .collect(Collectors.joining(", ", "{\"text\": \"scale\", \"notes\": [", "]}"));
  }

  @Test
  void drawsANoteForEachNoteAndNamesThePitches() throws Exception {
    samples(1, scale(8), "{\"text\": \"rests\"}", "{\"text\": \"rests\", \"notes\": []}");
    Document page = ReportPage.parse(RunReport.render(run()));
    assertThat(ReportPage.elements(page, "figure", "tune")).hasSize(2);
    List<Element> notes = ReportPage.inside(page, "roll", "rect", "note");
    assertThat(notes)
        .extracting(note -> note.getTextContent().strip())
        .containsExactly("C4", "C#4", "D4", "D#4", "E4", "F4", "F#4", "G4");
    assertThat(notes)
        .extracting(note -> Double.parseDouble(note.getAttribute("y")))
        .isSortedAccordingTo((a, b) -> Double.compare(b, a));
    assertThat(notes)
        .extracting(note -> Double.parseDouble(note.getAttribute("x")))
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(ReportPage.inside(page, "roll", "text", "y-tick"))
        .extracting(name -> name.getTextContent().strip())
        .contains("C4", "E4", "G4");
    assertThat(ReportPage.inside(page, "roll", "text", "empty")).hasSize(1);
    assertThat(ReportPage.elements(page, "button", "play")).hasSize(1);
    assertThat(page.getElementsByTagName("script").getLength()).isEqualTo(1);
    assertThat(page.getElementsByTagName("main").item(0).getTextContent())
        .contains("Tune 2 has no notes.", "as text");
  }

  @Test
  void namesPitchesAsFarApartAsTheyCanBeRead() {
    assertThat(TuneFigure.name(60)).isEqualTo("C4");
    assertThat(TuneFigure.name(0)).isEqualTo("C-1");
    assertThat(TuneFigure.name(127)).isEqualTo("G9");
    for (int high : new int[] {1, 12, 30, 127}) {
      Markup out = new Markup();
      TuneFigure.draw(
          out, new Tune(List.of(new Tune.Note(0, 0, 1), new Tune.Note(high, 1, 1))), "wide");
      List<Double> names = new ArrayList<>();
      Matcher at = Pattern.compile("class=\"y-tick\"[^>]* y=\"([\\d.]+)\"").matcher(out.finish());
      while (at.find()) {
        names.add(Double.parseDouble(at.group(1)));
      }
      assertThat(names).as("up to %d", high).isNotEmpty();
      for (int i = 1; i < names.size(); i++) {
        assertThat(names.get(i - 1) - names.get(i)).as("up to %d", high).isGreaterThan(10.9);
      }
    }
  }

  @Test
  void earlierStepsShowTheirFirstTunesAndSaySo() throws Exception {
    samples(1, scale(2), scale(3), scale(4));
    samples(2, scale(5), scale(6), scale(7));
    String text = RunReport.render(run());
    assertThat(ReportPage.elements(ReportPage.parse(text), "figure", "tune")).hasSize(5);
    assertThat(text).contains("As text (2 of 3 are drawn)");
  }

  @Test
  void aPageWithoutTunesHasNoScript() throws IOException {
    Files.writeString(folder.resolve("adversarial-000001.txt"), "a line");
    assertThat(RunReport.render(run())).doesNotContain("<script", "<button", "class=\"tune");
  }

  @Test
  void playSchedulesAnOscillatorForEachNoteAndStopSilencesThem(@TempDir Path own) throws Exception {
    Chromium browser = Chromium.orSkip(own);
    samples(2, scale(8), scale(3));
    Path page = own.resolve("report.html");
    String report = RunReport.render(run());
    Files.writeString(page, report.replace("</head>", LISTENER + "</head>"));
    Chromium.Visit visit = browser.open(page, 390);
    assertThat(visit.log()).doesNotContain("CONSOLE", "net::ERR", "Uncaught");
    assertThat(visit.dom())
        .contains("data-label=\"Stop\"", "data-contexts=\"1\"", "data-oscillators=\"8\"")
        // Equal temperament from A4 = 440 Hz, to the nearest Hertz.
        .contains("data-pitches=\"262 277 294 311 330 349 370 392\"", "data-gap=\"0.500\"")
        .contains("data-first-after-second=\"Play\"", "data-stops-by-second=\"8\"")
        .contains("data-second-after-stop=\"Play\"", "data-stops=\"11\"")
        .contains("data-contexts-in-all=\"1\"");
    assertThat(browser.requests(report)).isZero();
  }
}
