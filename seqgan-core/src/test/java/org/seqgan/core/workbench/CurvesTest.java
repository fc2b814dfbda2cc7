package org.seqgan.core.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.core.event.Phase;
import org.seqgan.core.run.DurableFiles;
import org.seqgan.core.run.RunLayout;
import org.seqgan.core.workbench.RunCurve.Point;

/** {@link Curves} and {@link RunCurve}. */
class CurvesTest {
  @TempDir private Path folder;

  private final Curves curves = new Curves();

  @Test
  void stepsOfAllPhasesAreOnOneLine() {
    Path run = RunMaker.finished(folder.resolve("run"), RunMaker.CONFIG);
    RunCurve curve = curves.read(new RunLayout(run), "nll-gen");
    assertThat(curve.points())
        .containsExactly(
            new Point(2, 8),
            new Point(4, 6),
            new Point(6, 8),
            new Point(8, 8),
            new Point(10, 6),
            new Point(12, 4),
            new Point(14, 2),
            new Point(16, 0));
    assertThat(curve.phases())
        .extracting(span -> span.phase().label() + " " + span.offset() + " " + span.steps())
        .containsExactly(
            "generator-pretraining 0 4", "discriminator-pretraining 4 2", "adversarial 6 10");
    assertThat(curves.read(new RunLayout(run), "no-such").points()).isEmpty();
  }

  @Test
  void aCurveGrowsWithItsRunAndBeginsAnewWithAnother() throws IOException {
    Path root = folder.resolve("run");
    RunLayout layout = new RunLayout(root);
    try (RunMaker run = RunMaker.begin(root, RunMaker.CONFIG)) {
      assertThat(curves.read(layout, "g-loss").points()).isEmpty();
      run.steps(Phase.GENERATOR_PRETRAINING, 1, 2);
      assertThat(curves.read(layout, "g-loss").points()).hasSize(2);
      Files.writeString(layout.metrics(), "{\"phase\":\"generator-pre", StandardOpenOption.APPEND);
      assertThat(curves.read(layout, "g-loss").points()).hasSize(2);
      Files.writeString(
          layout.metrics(),
          "training\",\"step\":3,\"seconds\":0,\"time\":\"2026-01-02T03:04:05Z\",\"g-loss\":\"NaN\"}\n",
          StandardOpenOption.APPEND);
      assertThat(curves.read(layout, "g-loss").points())
          .hasSize(3)
          .last()
          .isEqualTo(new Point(3, Double.NaN));
    }
    DurableFiles.delete(root);
    RunMaker.finished(root, RunMaker.CONFIG);
    assertThat(curves.read(layout, "g-loss").points()).hasSize(16);
  }

  @Test
  void thinningKeepsTheEndsThePeaksAndTheGaps() {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      points.add(new Point(i, Math.sin(i)));
    }
    points.set(33_333, new Point(33_333, 50));
    points.set(44_444, new Point(44_444, -50));
    points.set(55_555, new Point(55_555, Double.NaN));
    RunCurve thinned = new RunCurve(points, List.of(), false).thinnedTo(1000);
    assertThat(thinned.thinned()).isTrue();
    assertThat(thinned.points())
        .hasSizeLessThanOrEqualTo(1000)
        .hasSizeGreaterThan(600)
        .contains(points.get(0), points.get(99_999))
        .contains(points.get(33_333), points.get(44_444), points.get(55_555))
        .isSortedAccordingTo(Comparator.comparingInt(Point::step));
  }

  @Test
  void aShortCurveStaysAsItIs() {
    RunCurve curve = new RunCurve(List.of(new Point(1, 2), new Point(2, 1)), List.of(), false);
    assertThat(curve.thinnedTo(1000)).isEqualTo(curve);
  }
}
