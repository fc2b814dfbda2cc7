package org.seqgan.core.setup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seqgan.api.UserException;
import org.seqgan.api.task.Proposal;
import org.seqgan.core.config.CommentedFile;
import org.seqgan.core.config.CommentedFile.Entry;
import org.seqgan.core.config.CommentedFile.Section;
import org.seqgan.core.config.ExperimentConfig;
import org.seqgan.core.registry.PluginRegistry;

/**
 * How to train on a user's own data: the task's options, as it proposes them, and sizes of models
 * and of training that fit ({@code docs/your-own-data.md} has the rules). Immutable.
 */
public final class Setup {
  private final Path data;
  private final TaskProposal chosen;
  private final Schedule schedule;

  private Setup(Path data, TaskProposal chosen) {
    this.data = data;
    this.chosen = chosen;
    this.schedule = Schedule.of(chosen.proposal());
  }

  /**
   * Looks at data.
   *
   * @param data a file or folder; the configuration names it by its absolute path
   * @param task the task to use; empty for the one that is for such data
   * @throws UserException if the data cannot be read, if no task is for them or several are, or if
   *     nothing can be made of them
   */
  public static Setup of(PluginRegistry registry, Path data, Optional<String> task) {
    Path absolute = data.toAbsolutePath().normalize();
    return new Setup(absolute, TaskProposal.of(registry, absolute, task));
  }

  /** The absolute path of the data. */
  public Path data() {
    return data;
  }

  /** The name of the task. */
  public String task() {
    return chosen.task();
  }

  /** What the task found, and its options. */
  public Proposal proposal() {
    return chosen.proposal();
  }

  /** Sizes of models and of training, in one line. */
  public String sizes() {
    return schedule.summary();
  }

  /**
   * The configuration, as a file with a reason above each option. It loads: a proposal that does
   * not is found here.
   *
   * @param advice the last line of the comment at its top: what to do with it
   * @throws UserException if the task proposes options that it does not have, which is a fault of
   *     the plugin, or if no backend can run here
   */
  public String configuration(PluginRegistry registry, String advice) {
    List<Section> sections = new ArrayList<>();
    sections.add(taskSection());
    sections.addAll(schedule.sections());
    String text = new CommentedFile(head(advice), sections).render();
    ExperimentConfig.loadText(registry, text, List.of());
    return text;
  }

  private Section taskSection() {
    List<Entry> entries = new ArrayList<>();
    entries.add(new Entry("name", chosen.task(), ""));
    for (Proposal.Choice choice : chosen.proposal().choices()) {
      entries.add(new Entry(choice.key(), choice.value(), choice.reason()));
    }
    return new Section("task", entries);
  }

  private List<String> head(String advice) {
    List<String> head = new ArrayList<>();
    head.add("Made by 'seqgan init' for " + data);
    head.addAll(chosen.proposal().findings());
    head.add(advice);
    return head;
  }
}
