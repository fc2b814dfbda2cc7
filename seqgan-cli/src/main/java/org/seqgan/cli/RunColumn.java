package org.seqgan.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.core.report.NumberFormats;
import org.seqgan.core.workbench.RunSummary;
import org.seqgan.core.workbench.RunSummary.OfMatrix;
import org.seqgan.core.workbench.RunSummary.Progress;

/**
 * A column of the list of runs.
 *
 * @param name in the heading, and in {@code --sort} and {@code --filter}
 * @param importance the column with the least goes first where a terminal is too narrow for all
 * @param text what a cell shows; empty where there is nothing
 * @param exact what a cell has in a file for programs, and what a filter compares with
 * @param number what a cell is worth, for the order and for filters; empty for words
 */
record RunColumn(
    String name,
    int importance,
    Function<RunSummary, String> text,
    Function<RunSummary, String> exact,
    Function<RunSummary, OptionalDouble> number) {
  /** Those that every list has. */
  static final String RUN = "run";

  /** How a run stands. */
  static final String STATE = "state";

  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

  private static RunColumn words(String name, int importance, Function<RunSummary, String> text) {
    return new RunColumn(name, importance, text, text, run -> OptionalDouble.empty());
  }

  private static RunColumn part(String name, int importance, String section) {
    return words(name, importance, run -> run.parts().getOrDefault(section, ""));
  }

  private static RunColumn number(
      String name,
      int importance,
      Function<RunSummary, String> text,
      Function<RunSummary, OptionalDouble> number) {
    return new RunColumn(
        name,
        importance,
        text,
        run -> {
          OptionalDouble value = number.apply(run);
          return value.isPresent() ? plain(value.getAsDouble()) : "";
        },
        number);
  }

  private static RunColumn time(String name, int importance, Function<Progress, Instant> time) {
    return new RunColumn(
        name,
        importance,
        run ->
            run.progress()
                .map(time)
                .map(at -> MINUTE.format(at.atZone(ZoneId.systemDefault())))
                .orElse(""),
        run -> run.progress().map(time).map(Instant::toString).orElse(""),
        run ->
            run.progress()
                .map(progress -> OptionalDouble.of(time.apply(progress).toEpochMilli()))
                .orElseGet(OptionalDouble::empty));
  }

  /** A metric: its last value. */
  static RunColumn metric(String name, int importance) {
    Function<RunSummary, OptionalDouble> number =
        run ->
            run.metrics().containsKey(name)
                ? OptionalDouble.of(run.metrics().get(name))
                : OptionalDouble.empty();
    return number(
        name,
        importance,
        run -> run.metrics().containsKey(name) ? NumberFormats.format(run.metrics().get(name)) : "",
        number);
  }

  /**
   * The columns in their order.
   *
   * @param metrics those that have one
   */
  static List<RunColumn> with(List<String> metrics) {
    List<RunColumn> columns = new ArrayList<>();
    columns.add(words(RUN, 100, RunsOfFolders::typed));
    columns.add(words(STATE, 99, run -> run.state().label()));
    columns.add(
        number(
            "progress",
            90,
            run -> run.progress().map(RunColumn::progress).orElse(""),
            run ->
                run.progress()
                    .map(progress -> OptionalDouble.of(progress.fraction()))
                    .orElseGet(OptionalDouble::empty)));
    for (int i = 0; i < metrics.size(); i++) {
      columns.add(metric(metrics.get(i), 95 - i));
    }
    columns.add(words("tags", 80, run -> String.join(",", run.tags())));
    columns.add(time("updated", 60, Progress::updated));
    columns.add(part("task", 50, "task"));
    columns.add(part("trainer", 45, "training"));
    columns.add(part("generator", 55, "generator"));
    columns.add(part("discriminator", 30, "discriminator"));
    columns.add(part("reward", 40, "reward"));
    columns.add(
        number(
            "seed",
            70,
            run -> run.seed().orElse(""),
            run -> run.seed().map(RunColumn::parsed).orElseGet(OptionalDouble::empty)));
    columns.add(
        number(
            "warnings",
            35,
            run -> run.warnings() == 0 ? "" : Integer.toString(run.warnings()),
            run -> OptionalDouble.of(run.warnings())));
    columns.add(time("started", 10, Progress::started));
    columns.add(
        number(
            "size",
            20,
            run -> run.bytes().isPresent() ? new ByteSize(run.bytes().getAsLong()).toString() : "",
            run ->
                run.bytes().isPresent()
                    ? OptionalDouble.of(run.bytes().getAsLong())
                    : OptionalDouble.empty()));
    columns.add(words("cell", 5, run -> run.cell().map(OfMatrix::name).orElse("")));
    return List.copyOf(columns);
  }

  /** The column of a name, or the metric of that name where a run has it. */
  static Optional<RunColumn> named(String name, List<RunColumn> columns, List<RunSummary> runs) {
    return columns.stream()
        .filter(column -> column.name.equals(name))
        .findFirst()
        .or(
            () ->
                runs.stream().anyMatch(run -> run.metrics().containsKey(name))
                    ? Optional.of(metric(name, 0))
                    : Optional.empty());
  }

  /**
   * Smallest first, or by the alphabet; what has no value, or one that is no number, comes last.
   */
  Comparator<RunSummary> order(boolean reversed) {
    Comparator<Double> numbers = reversed ? Comparator.reverseOrder() : Comparator.naturalOrder();
    Comparator<String> texts = reversed ? Comparator.reverseOrder() : Comparator.naturalOrder();
    return Comparator.<RunSummary, Boolean>comparing(
            run -> exact.apply(run).isEmpty() || isNaN(run))
        .thenComparing(run -> number.apply(run).orElse(0), numbers)
        .thenComparing(run -> number.apply(run).isPresent() ? "" : exact.apply(run), texts);
  }

  private boolean isNaN(RunSummary run) {
    return Double.isNaN(number.apply(run).orElse(0));
  }

  private static String progress(Progress progress) {
    String step =
        progress.steps() == 0
            ? Integer.toString(progress.position().step())
            : progress.position().step() + "/" + progress.steps();
    return progress.position().phase().label() + " " + step;
  }

  private static OptionalDouble parsed(String number) {
    try {
      return OptionalDouble.of(Double.parseDouble(number));
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
