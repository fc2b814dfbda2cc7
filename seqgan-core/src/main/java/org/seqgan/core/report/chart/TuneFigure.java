package org.seqgan.core.report.chart;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.seqgan.api.task.Tune;
import org.seqgan.core.report.Markup;
import org.seqgan.core.report.NumberFormats;
import org.seqgan.core.report.Page;

/**
 * A tune as a piano roll: pitch upwards by semitones, time to the right, a button that plays it.
 *
 * <p>Sound is made in the browser by Web Audio, an oscillator for each note; a page with tunes
 * needs {@link #player} once, after the last of them.
 */
public final class TuneFigure {
  private static final List<String> NAMES =
      List.of("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B");
  private static final int OCTAVE = NAMES.size();
  private static final Set<Integer> NATURALS = Set.of(0, 2, 4, 5, 7, 9, 11);
  private static final Set<Integer> TRIAD = Set.of(0, 4, 7);
  private static final Set<Integer> ROOT = Set.of(0);

  private static final double BOTTOM = 24;
  private static final double LABEL_HEIGHT = 11;
  private static final double TICK_DISTANCE = 44;
  private static final int LEAST_WIDTH = 360;
  private static final int GREATEST_WIDTH = 2400;
  private static final double PIXELS_PER_SECOND = 20;

  private final Markup out;
  private final Tune tune;
  private final double seconds;
  private final int low;
  private final double row;
  private final Canvas canvas;

  private TuneFigure(Markup out, Tune tune) {
    this.out = out;
    this.tune = tune;
    this.seconds = tune.notes().stream().mapToDouble(n -> n.start() + n.seconds()).max().orElse(1);
    this.low = tune.notes().stream().mapToInt(Tune.Note::pitch).min().orElse(60) - 1;
    int rows = tune.notes().stream().mapToInt(Tune.Note::pitch).max().orElse(71) + 2 - low;
    int height = (int) (Canvas.TOP + BOTTOM + Math.max(100, Math.min(220, 8 * rows)));
    double wanted = Math.min(GREATEST_WIDTH, 60 + PIXELS_PER_SECOND * seconds);
    int width = (int) Math.max(LEAST_WIDTH, wanted);
    this.canvas =
        new Canvas(out, new Canvas.Size("roll", width, height, 0), BOTTOM, low, low + rows);
    this.row = canvas.plotHeight() / rows;
  }

  /**
   * Draws a tune.
   *
   * @param name what it is called on the page
   */
  public static void draw(Markup out, Tune tune, String name) {
    new TuneFigure(out, tune).draw(name);
  }

  /** The script that plays the tunes of a page. */
  public static void player(Markup out) {
    out.script(note() + Page.resource(TuneFigure.class, "tune.js"));
  }

  /** The function {@code soundNote} of that script, for pages that play tunes in their own way. */
  public static String note() {
    return Page.resource(TuneFigure.class, "note.js");
  }

  private void draw(String name) {
    out.open(
        "figure",
        "class",
        "tune",
        "data-notes",
        notes(),
        "data-scale",
        NumberFormats.coordinate(canvas.plotWidth() / seconds));
    out.open("figcaption").text(name + " ");
    if (!tune.notes().isEmpty()) {
      out.leaf("button", "Play", "type", "button", "class", "play", "hidden", "hidden");
    }
    out.close();
    String width =
        "min-width: " + (canvas.size().width() > LEAST_WIDTH ? canvas.size().width() : 0);
    out.open("div", "class", "scroll", "tabindex", "0").open("div", "style", width + "px");
    roll(name);
    out.close().close().close();
  }

  /** As the script reads them: pitch, start and length in seconds. */
  private String notes() {
    return tune.notes().stream()
        .map(n -> String.format(Locale.ROOT, "%d %.3f %.3f", n.pitch(), n.start(), n.seconds()))
        .collect(Collectors.joining(","));
  }

  private void roll(String name) {
    canvas.open(
        "%s: piano roll of %d notes in %s seconds"
            .formatted(name, tune.notes().size(), NumberFormats.coordinate(seconds)));
    drawPitches();
    drawTime();
    tune.notes().forEach(this::drawNote);
    if (tune.notes().isEmpty()) {
      canvas.text("no notes", canvas.x(0.5), canvas.base() / 2, "empty");
    }
    canvas.line(canvas.x(0), Canvas.TOP, canvas.x(0), canvas.base(), "playhead");
    canvas.close();
  }

  private void drawPitches() {
    Set<Integer> named = row >= LABEL_HEIGHT ? NATURALS : 3 * row >= LABEL_HEIGHT ? TRIAD : ROOT;
    int high = low + (int) Math.round(canvas.plotHeight() / row);
    for (int pitch = Math.max(low, 0); pitch < high; pitch++) {
      if (named.contains(pitch % OCTAVE)) {
        double middle = y(pitch) + row / 2;
        canvas.line(canvas.x(0), middle, canvas.x(1), middle, "grid");
        canvas.text(name(pitch), canvas.x(0) - 6, middle + 4, "y-tick");
      }
    }
  }

  /** The name of a MIDI note, such as C4 for 60. */
  static String name(int pitch) {
    return NAMES.get(pitch % OCTAVE) + (pitch / OCTAVE - 1);
  }

  private void drawTime() {
    canvas.drawBase();
    double step = Axis.step(seconds * TICK_DISTANCE / canvas.plotWidth());
    Axis axis = new Axis(0, Math.floor(seconds / step) * step, step);
    for (double tick : axis.ticks()) {
      double x = canvas.x(tick / seconds);
      canvas.line(x, canvas.base(), x, canvas.base() + 4, "axis");
      canvas.text(axis.label(tick) + " s", x, canvas.base() + 17, "x-tick");
    }
  }

  /** The upper edge of a pitch's row. */
  private double y(int pitch) {
    return canvas.base() - (pitch - low + 1) * row;
  }

  private void drawNote(Tune.Note note) {
    double from = canvas.x(note.start() / seconds);
    double width = canvas.plotWidth() * note.seconds() / seconds;
    out.open(
            "rect",
            "class",
            "note",
            "x",
            NumberFormats.coordinate(from),
            "y",
            NumberFormats.coordinate(y(note.pitch())),
            "width",
            // A hair apart, so that a note that is played twice looks like two.
            NumberFormats.coordinate(Math.max(1, width - 1)),
            "height",
            NumberFormats.coordinate(row))
        .leaf("title", name(note.pitch()))
        .close();
  }
}
