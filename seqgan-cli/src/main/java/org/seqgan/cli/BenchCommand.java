package org.seqgan.cli;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.seqgan.api.backend.MemoryUse;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.core.benchmark.Ceilings;
import org.seqgan.core.benchmark.Figure;
import org.seqgan.core.benchmark.StandardWorkload;
import org.seqgan.core.benchmark.Stopwatch;
import org.seqgan.core.io.Json;
import org.seqgan.core.registry.PluginRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code seqgan bench}: times the steps of training at the sizes of the paper. */
@Command(
    name = "bench",
    description =
        "Time the steps of training at the sizes of the paper, or as sizes grow, on this machine."
            + " Leave it otherwise idle: figures are wall-clock times.")
final class BenchCommand implements Callable<Integer> {
  private static final String BACKEND_GROUP = "backend.";

  @ParentCommand private Main main;
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "backend.KEY=VALUE",
      description = "options of the backend, such as backend.threads=2")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--backend",
      paramLabel = "BACKEND",
      description = "the backend to time (default: the one that training would choose)")
  private @Nullable String backend;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description = "time these figures only, or with --scale these axes (default: all)")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--quick",
      description = "run everything once, without warm-up: a check, not a measurement")
  private boolean quick;

  @Option(
      names = "--compare",
      paramLabel = "FILE",
      description =
          "an earlier result of --format json, or lines of NAME SECONDS; prints how many times as"
              + " fast each figure is as there")
  private @Nullable Path compare;

  @Option(
      names = "--scale",
      description =
          "time steps as one size after another grows instead: vocabulary, length, batch, hidden and"
              + " threads; takes minutes")
  private boolean scale;

  @Option(
      names = "--out",
      paramLabel = "FILE.html",
      description = "with --scale: also write a page with charts there")
  private @Nullable Path page;

  @Option(names = "--force", description = "replace a page that is there")
  private boolean force;

  @Option(names = "--format", paramLabel = "text|json", description = "a table, or a JSON object")
  private OutputFormat format = OutputFormat.TEXT;

  BenchCommand() {}

  @Override
  public Integer call() {
    if (scale) {
      if (compare != null) {
        throw Misuse.of("--compare is for the standard figures, and not for --scale");
      }
      ScaleBench.of(only, page, force)
          .run(
              main.registry(),
              overrides(),
              quick,
              format,
              spec.commandLine().getOut(),
              spec.commandLine().getErr());
      return 0;
    }
    if (page != null) {
      throw Misuse.of("--out is for the charts of --scale, which is missing");
    }
    return timeStandard();
  }

  private int timeStandard() {
    Map<String, Double> others = compare == null ? Map.of() : EarlierFigures.read(compare);
    PluginRegistry registry = main.registry();
    try (StandardWorkload workload = new StandardWorkload(registry, overrides())) {
      List<String> names = workload.names();
      for (String name : only) {
        if (!names.contains(name)) {
          throw Misuse.of("no figure is named " + name + "; there are " + String.join(", ", names));
        }
      }
      Stopwatch stopwatch = quick ? Stopwatch.QUICK : Stopwatch.STANDARD;
      PrintWriter err = spec.commandLine().getErr();
      List<Figure> figures =
          workload.run(
              stopwatch,
              name -> only.isEmpty() || only.contains(name),
              figure -> err.println(figure.name() + ": " + milliseconds(figure.medianSeconds())));
      // Before the ceilings, which take memory of their own.
      Memory memory = new Memory(workload.memory(), HeapPeak.measure());
      Result result = new Result(workload, workload.ceilings(stopwatch), figures, others, memory);
      if (format == OutputFormat.JSON) {
        spec.commandLine().getOut().println(Json.line(result.toObject()));
      } else {
        result.print(spec.commandLine().getOut());
      }
    }
    return 0;
  }

  private List<String> overrides() {
    List<String> all = new ArrayList<>();
    for (String override : overrides) {
      if (!override.startsWith(BACKEND_GROUP)) {
        throw Misuse.of(
            "the workload is a standard one: only options backend.KEY=VALUE can be set, found "
                + override);
      }
      all.add(override);
    }
    if (backend != null) {
      all.add(0, "backend.name=" + backend);
    }
    return all;
  }

  /** The most heap that was in use, in bytes. */
  private record HeapPeak(long bytes) {
    static HeapPeak measure() {
      return new HeapPeak(
          ManagementFactory.getMemoryPoolMXBeans().stream()
              .filter(pool -> pool.getType() == MemoryType.HEAP)
              .mapToLong((MemoryPoolMXBean pool) -> pool.getPeakUsage().getUsed())
              .sum());
    }
  }

  /** What the figures took: tensors, and objects of Java. */
  private record Memory(MemoryUse tensors, HeapPeak heap) {
    long backendBytes() {
      return tensors.liveBytes() + tensors.pooledBytes();
    }
  }

  /** What is told at the end. */
  private record Result(
      StandardWorkload workload,
      Ceilings ceilings,
      List<Figure> figures,
      Map<String, Double> others,
      Memory memory) {

    void print(PrintWriter out) {
      out.println(new BenchHeader(workload.computer()).line());
      out.println(
          String.format(
              Locale.ROOT,
              "Ceilings: %.0f GFLOP/s (float32 matrix product, 1536 cubed), %.0f GB/s (copy)",
              ceilings.gigaflops(),
              ceilings.gigabytes()));
      List<String> headings =
          new ArrayList<>(
              List.of("figure", "median", "min", "max", "repeats", "GFLOP/s", "of ceiling"));
      headings.addAll(List.of("GB/s", "floor", "times the floor"));
      if (!others.isEmpty()) {
        headings.addAll(List.of("compared", "times as fast"));
      }
      Table table = new Table(headings.toArray(String[]::new));
      for (Figure figure : figures) {
        List<String> cells =
            new ArrayList<>(
                List.of(
                    figure.name(),
                    milliseconds(figure.medianSeconds()),
                    milliseconds(figure.minSeconds()),
                    milliseconds(figure.maxSeconds()),
                    Integer.toString(figure.repeats()),
                    String.format(Locale.ROOT, "%.0f", figure.gigaflops()),
                    String.format(
                        Locale.ROOT, "%.0f%%", 100 * figure.gigaflops() / ceilings.gigaflops())));
        double floor = figure.floorSeconds(ceilings);
        cells.add(String.format(Locale.ROOT, "%.3g", figure.gigabytes()));
        cells.add(milliseconds(floor));
        cells.add(String.format(Locale.ROOT, "%.2f", figure.medianSeconds() / floor));
        if (!others.isEmpty()) {
          OptionalDouble other = EarlierFigures.find(others, figure.name());
          cells.add(other.isPresent() ? milliseconds(other.getAsDouble()) : "-");
          cells.add(
              other.isPresent()
                  ? String.format(Locale.ROOT, "%.2f", other.getAsDouble() / figure.medianSeconds())
                  : "-");
        }
        table.add(cells.toArray(String[]::new));
      }
      table.print(out);
      out.println(
          "Memory at peak: tensors "
              + new ByteSize(memory.tensors().peakBytes())
              + ", backend in all "
              + new ByteSize(memory.backendBytes())
              + ", Java heap "
              + new ByteSize(memory.heap().bytes()));
      out.println(
          "GFLOP/s counts the dense matrix products of the textbook; work that is avoided counts"
              + " too, exponentials and the optimiser do not. GB/s and the floor count what must be"
              + " moved and computed at least: see docs/performance.md.");
    }

    Map<String, Object> toObject() {
      Map<String, Object> object = new BenchHeader(workload.computer()).toObject();
      object.put("ceiling-gigaflops", ceilings.gigaflops());
      object.put("ceiling-gigabytes", ceilings.gigabytes());
      List<Map<String, Object>> list = new ArrayList<>();
      for (Figure figure : figures) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("name", figure.name());
        one.put("median-seconds", figure.medianSeconds());
        one.put("min-seconds", figure.minSeconds());
        one.put("max-seconds", figure.maxSeconds());
        one.put("repeats", figure.repeats());
        one.put("gigaflops", figure.gigaflops());
        one.put("of-ceiling", figure.gigaflops() / ceilings.gigaflops());
        one.put("least-operations", figure.leastOperations());
        one.put("least-bytes", figure.leastBytes());
        one.put("gigabytes", figure.gigabytes());
        one.put("floor-seconds", figure.floorSeconds(ceilings));
        one.put("times-the-floor", figure.medianSeconds() / figure.floorSeconds(ceilings));
        EarlierFigures.find(others, figure.name())
            .ifPresent(
                other -> {
                  one.put("compared-seconds", other);
                  one.put("times-as-fast", other / figure.medianSeconds());
                });
        list.add(one);
      }
      object.put("figures", list);
      object.put("peak-tensor-bytes", memory.tensors().peakBytes());
      object.put("backend-bytes", memory.backendBytes());
      object.put("peak-heap-bytes", memory.heap().bytes());
      return object;
    }
  }

  private static String milliseconds(double seconds) {
    return String.format(Locale.ROOT, seconds < 0.1 ? "%.2f ms" : "%.0f ms", 1000 * seconds);
  }
}
