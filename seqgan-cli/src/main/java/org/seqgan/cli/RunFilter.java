package org.seqgan.cli;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.seqgan.core.registry.Spelling;
import org.seqgan.core.workbench.RunSummary;

/** A condition of {@code seqgan runs --filter}: {@code state=failed}, {@code nll-oracle<8}. */
final class RunFilter {
  private static final Pattern FORM = Pattern.compile("([^=<>]+)([=<>])(.*)", Pattern.DOTALL);
  private static final String TAGS = "tags";

  private RunFilter() {}

  /**
   * Reads a condition.
   *
   * @param columns those of the list
   * @param runs that it is to choose among, whose metrics it may name
   */
  static Predicate<RunSummary> of(
      String condition, List<RunColumn> columns, List<RunSummary> runs) {
    Matcher form = FORM.matcher(condition);
    if (!form.matches()) {
      throw Misuse.of(
          "expected --filter NAME=VALUE, NAME<NUMBER or NAME>NUMBER, such as state=failed or nll-oracle<8, found '%s'"
              .formatted(condition));
    }
    String name = form.group(1).strip();
    String value = form.group(3).strip();
    RunColumn column = column("--filter", name, columns, runs);
    if (!form.group(2).equals("=")) {
      return comparison(column, form.group(2).equals("<"), number(condition, value));
    }
    Predicate<String> wanted = glob(value).asMatchPredicate();
    return run ->
        wanted.test(column.exact().apply(run))
            || wanted.test(column.text().apply(run))
            || (name.equals(TAGS) && run.tags().stream().anyMatch(wanted));
  }

  /** The column or metric of a name. */
  static RunColumn column(
      String option, String name, List<RunColumn> columns, List<RunSummary> runs) {
    return RunColumn.named(name, columns, runs)
        .orElseThrow(
            () -> {
              List<String> known = columns.stream().map(RunColumn::name).toList();
              return Misuse.of(
                  "expected a column or a metric of a run in %s, found '%s'%s; columns are %s"
                      .formatted(
                          option,
                          name,
                          Spelling.suggestion(name, known)
                              .map(near -> "; did you mean '%s'?".formatted(near))
                              .orElse(""),
                          String.join(", ", known)));
            });
  }

  private static Predicate<RunSummary> comparison(RunColumn column, boolean less, double bound) {
    return run -> {
      OptionalDouble found = column.number().apply(run);
      return found.isPresent()
          && (less ? found.getAsDouble() < bound : found.getAsDouble() > bound);
    };
  }

  private static double number(String condition, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw Misuse.of(
          "expected a number after < or > in --filter '%s', found '%s'".formatted(condition, text));
    }
  }

  private static Pattern glob(String text) {
    return Pattern.compile(
        Pattern.compile("\\*")
            .splitAsStream(text + "\0")
            .map(part -> Pattern.quote(part.replace("\0", "")))
            .collect(Collectors.joining(".*")));
  }
}
