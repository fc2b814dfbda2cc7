package org.seqgan.core.setup;

import java.nio.file.Path;
import java.util.Optional;
import org.seqgan.api.UserException;
import org.seqgan.api.task.Proposal;
import org.seqgan.core.registry.PluginRegistry;

/**
 * What one task makes of the data.
 *
 * @param task its name
 * @param proposal its options for them
 */
public record TaskProposal(String task, Proposal proposal) {

  /**
   * Asks the tasks.
   *
   * @param data a file or folder
   * @param task the only one to ask; empty to ask all
   * @throws UserException if the data cannot be read, if no task is for them or several are, or if
   *     the task that they are for can make nothing of them
   */
  public static TaskProposal of(PluginRegistry registry, Path data, Optional<String> task) {
    TaskChoice<Proposal> choice =
        TaskChoice.of(registry, data, task, provider -> provider.propose(data));
    return new TaskProposal(choice.task(), choice.answer());
  }
}
