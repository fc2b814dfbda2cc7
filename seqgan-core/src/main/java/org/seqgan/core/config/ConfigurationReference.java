package org.seqgan.core.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.seqgan.api.UserException;
import org.seqgan.core.registry.PluginKind;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.registry.RegisteredPlugin;
import org.seqgan.core.training.EvaluationOptions;
import org.seqgan.core.training.TrainingOptions;

/** Writes the tables of every option, in Markdown, from the records that declare them. */
public final class ConfigurationReference {
  /** The line of a document after which the tables stand. */
  public static final String BEGIN = "<!-- generated tables: begin -->";

  /** The line of a document before which they end. */
  public static final String END = "<!-- generated tables: end -->";

  private ConfigurationReference() {}

  /** The tables of all sections and all plugins of a registry. */
  public static String tables(PluginRegistry registry) {
    List<String> lines = new ArrayList<>();
    add("## Top", "", OptionRow.of(Sections.Top.class), lines);
    for (PluginKind kind : PluginKind.values()) {
      lines.add("## Section `%s`".formatted(kind.section()));
      lines.add("");
      for (RegisteredPlugin plugin : registry.plugins(kind)) {
        String title = "### `%s = %s`".formatted(kind.section(), plugin.name());
        List<OptionRow> rows = OptionRow.of(plugin.provider().optionsType());
        add(title, sentence(plugin.description()), rows, lines);
      }
    }
    addSection(Sections.TRAINING, TrainingOptions.class, lines);
    addSection(Sections.EVALUATION, EvaluationOptions.class, lines);
    return String.join("\n", lines);
  }

  /**
   * A document with its tables brought up to date.
   *
   * @param document text that holds the lines {@link #BEGIN} and {@link #END}
   * @throws UserException if it does not hold them
   */
  public static String update(String document, PluginRegistry registry) {
    int begin = document.indexOf(BEGIN);
    int end = document.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new UserException(
          UserException.Kind.DATA,
          "expected the lines '%s' and '%s' in the document, found none".formatted(BEGIN, END));
    }
    String before = document.substring(0, begin + BEGIN.length());
    return before + "\n\n" + tables(registry) + "\n" + document.substring(end);
  }

  private static void addSection(String key, Class<? extends Record> type, List<String> lines) {
    add("## Section `%s`".formatted(key), "", OptionRow.of(type), lines);
  }

  private static void add(String title, String text, List<OptionRow> rows, List<String> lines) {
    lines.add(title);
    lines.add("");
    if (!text.isEmpty()) {
      lines.add(text);
      lines.add("");
    }
    if (rows.isEmpty()) {
      lines.add("No options.");
    } else {
      lines.add("| key | type | default | range | what it does |");
      lines.add("|---|---|---|---|---|");
      rows.forEach(row -> lines.add(line(row)));
    }
    lines.add("");
  }

  private static String line(OptionRow row) {
    return "| `%s` | %s | `%s` | %s | %s |"
        .formatted(row.key(), row.type(), row.defaultValue(), row.range(), cell(row.description()));
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }

  private static String sentence(String text) {
    String start = text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    return cell(start.endsWith(".") ? start : start + ".");
  }
}
