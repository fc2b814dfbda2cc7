package org.seqgan.core.config;

import java.util.List;
import org.seqgan.core.health.HealthOptions;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.registry.RegisteredPlugin;
import org.seqgan.core.run.CheckpointOptions;
import org.seqgan.core.training.EvaluationOptions;

/** Writes {@code docs/configuration.md} from the records of options. */
public final class ConfigurationReference {
  private ConfigurationReference() {}

  /** The page, in Markdown. */
  public static String markdown(PluginRegistry registry) {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Configuration reference

        Written by a test from the records that the program binds; do not edit.

        A configuration is HOCON. Layers, each above the next: `group.key=value` on the command line, a file, the preset that
        the file starts from (`preset = NAME`), the defaults below. A section that names a plugin holds that plugin's options
        beside `name`; `reward = constant` is short for `reward.name = constant`, and in one file never beside other options
        of the reward, since to HOCON the later replaces the earlier. `seqgan config PRESET|FILE` shows what
        results, and where every value comes from.

        Of metrics there may be many at once: `evaluation.metrics` chooses, and the section `metric` holds the options of
        each under its name (`metric.bleu.references = training`).

        A file may include others, `include "models/small.conf"`: a path is relative to the file that includes, and leads into
        the folder of the file that you named, or below it. URLs, resources of the class path, and paths and links that lead
        out of that folder are refused, as is every include outside of a file. `${key}` stands for another key of the same
        file or of one that it includes; variables of the environment and properties of the virtual machine are never read. So
        a configuration that somebody sends you, a run's `config.conf` too, reaches nothing but the files that stand in it.

        """);
    page.append(HoconBounds.description()).append("\n");
    section(page, "(top level)", "", OptionTable.of(Sections.Top.class));
    section(
        page,
        "training, with every trainer",
        "Beside the options of the trainer, below.",
        OptionTable.of(HealthOptions.class));
    section(
        page,
        "evaluation",
        "When and how a run is measured.",
        OptionTable.of(EvaluationOptions.class));
    section(
        page,
        "checkpoint",
        "When training is saved; [runs](runs.md) says how to go on from there.",
        OptionTable.of(CheckpointOptions.class));
    for (RegisteredPlugin plugin : registry.plugins()) {
      if (!plugin.kind().hasSection()) {
        continue;
      }
      section(
          page,
          plugin.kind().section()
              + (plugin.kind().isChosenBySection() ? ".name = " : ".")
              + plugin.name(),
          plugin.description() + ".",
          OptionTable.of(plugin.provider().about().optionsType().asSubclass(Record.class)));
    }
    return page.toString();
  }

  private static void section(
      StringBuilder page, String title, String text, List<OptionTable.Row> rows) {
    page.append("## ").append(title).append("\n\n");
    if (!text.isEmpty()) {
      page.append(text).append("\n\n");
    }
    if (rows.isEmpty()) {
      page.append("No options.\n\n");
      return;
    }
    page.append("| option | type | default | range | what it does |\n|---|---|---|---|---|\n");
    for (OptionTable.Row row : rows) {
      page.append(
          "| `%s` | %s | %s | %s | %s |\n"
              .formatted(
                  row.key(),
                  cell(row.type()),
                  code(row.defaultValue()),
                  row.range(),
                  prose(row.description())));
    }
    page.append('\n');
  }

  private static String code(String text) {
    return text.isEmpty() ? "" : "`" + cell(text) + "`";
  }

  /** What is in angle brackets would be taken for HTML, and not be shown. */
  private static String prose(String text) {
    return cell(text).replace("<", "&lt;");
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
