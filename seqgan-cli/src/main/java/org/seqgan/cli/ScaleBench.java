package org.seqgan.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.seqgan.core.benchmark.ScaleAxis;
import org.seqgan.core.benchmark.ScalePoint;
import org.seqgan.core.benchmark.ScaleResult;
import org.seqgan.core.benchmark.ScaleWorkload;
import org.seqgan.core.benchmark.Stopwatch;
import org.seqgan.core.io.Json;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.report.scale.ScaleReport;
import org.seqgan.core.report.scale.ScaleTable;
import org.seqgan.core.run.DurableFiles;

/**
 * {@code seqgan bench --scale}: how the cost of a step grows with its sizes.
 *
 * @param axes what is varied
 * @param page the file to write charts to, where they are wanted
 */
record ScaleBench(List<ScaleAxis> axes, @Nullable Path page) {
  private static final String PAGE = ".html";

  /**
   * Checks the command line before anything is measured.
   *
   * @param only names of axes; all of them where there is none
   * @param force whether a page may be replaced
   */
  static ScaleBench of(List<String> only, @Nullable Path page, boolean force) {
    List<ScaleAxis> axes =
        only.isEmpty()
            ? List.of(ScaleAxis.values())
            : only.stream().map(ScaleBench::axis).distinct().sorted().toList();
    if (page != null) {
      requirePlace(page, force);
    }
    return new ScaleBench(axes, page);
  }

  private static ScaleAxis axis(String name) {
    return Arrays.stream(ScaleAxis.values())
        .filter(axis -> axis.label().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                Misuse.of(
                    "no axis of --scale is named %s; there are %s"
                        .formatted(
                            name,
                            Arrays.stream(ScaleAxis.values())
                                .map(ScaleAxis::label)
                                .collect(Collectors.joining(", ")))));
  }

  private static void requirePlace(Path page, boolean force) {
    if (!page.toString().endsWith(PAGE)) {
      throw Misuse.of("--out takes a file that ends in %s, found %s".formatted(PAGE, page));
    }
    Path folder = page.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw Misuse.of(
          "--out is to be written to the folder %s, which is missing".formatted(folder));
    }
    if (Files.exists(page) && !force) {
      throw Misuse.of(
          "%s exists already: use --force to replace it, or another --out".formatted(page));
    }
  }

  void run(
      PluginRegistry registry,
      List<String> overrides,
      boolean quick,
      OutputFormat format,
      PrintWriter out,
      PrintWriter err) {
    ScaleResult result =
        ScaleWorkload.run(
            registry, overrides, axes, quick ? Stopwatch.QUICK : Stopwatch.BRIEF, new Telling(err));
    if (page != null) {
      DurableFiles.replace(page, ScaleReport.render(result));
      err.println("Page: " + page);
    }
    if (format == OutputFormat.JSON) {
      out.println(Json.line(toObject(result)));
    } else {
      print(result, out);
    }
  }

  /** Says of each point how it went. */
  private record Telling(PrintWriter err) implements ScaleWorkload.Listener {
    @Override
    public void measured(ScalePoint point) {
      err.println(
          "%s %d, %s: %s"
              .formatted(
                  point.axis().label(),
                  point.value(),
                  point.step().label(),
                  ScaleTable.milliseconds(point.figure().medianSeconds())));
    }

    @Override
    public void skipped(ScaleResult.Skipped skipped) {
      err.println(skipped.line());
    }
  }

  private static void print(ScaleResult result, PrintWriter out) {
    out.println(new BenchHeader(result.computer()).line());
    for (ScaleAxis axis : result.axes()) {
      out.println();
      ScaleTable lines = ScaleTable.of(result, axis);
      Table table = new Table(lines.headings().toArray(String[]::new));
      lines.rows().forEach(row -> table.add(row.toArray(String[]::new)));
      table.print(out);
    }
    out.println();
    result.skipped().forEach(skipped -> out.println(skipped.line()));
    out.println(ScaleTable.EXPLANATION + " See docs/performance.md.");
  }

  private static Map<String, Object> toObject(ScaleResult result) {
    Map<String, Object> object = new BenchHeader(result.computer()).toObject();
    List<Map<String, Object>> points = new ArrayList<>();
    for (ScalePoint point : result.points()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("axis", point.axis().label());
      one.put("option", point.axis().option());
      one.put("value", point.value());
      one.put("step", point.step().label());
      one.put("tokens", point.tokens());
      one.put("operations", point.figure().operations());
      one.put("median-seconds", point.figure().medianSeconds());
      one.put("min-seconds", point.figure().minSeconds());
      one.put("max-seconds", point.figure().maxSeconds());
      one.put("repeats", point.figure().repeats());
      one.put("seconds-per-token", point.secondsPerToken());
      one.put("seconds-per-gigaflop", point.secondsPerGigaflop());
      one.put("gigaflops", point.figure().gigaflops());
      one.put("ceiling-gigaflops", point.ceilings().gigaflops());
      one.put("ceiling-gigabytes", point.ceilings().gigabytes());
      one.put("of-ceiling", point.ofCeiling());
      one.put("floor-seconds", point.figure().floorSeconds(point.ceilings()));
      one.put("times-the-floor", point.timesTheFloor());
      one.put("growth", result.growth(point));
      points.add(one);
    }
    object.put("points", points);
    List<Map<String, Object>> skipped = new ArrayList<>();
    for (ScaleResult.Skipped each : result.skipped()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("axis", each.axis().label());
      one.put("value", each.value());
      one.put("step", each.step());
      one.put("reason", each.reason());
      skipped.add(one);
    }
    object.put("skipped", skipped);
    return object;
  }
}
