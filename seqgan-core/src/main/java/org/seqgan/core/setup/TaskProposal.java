package org.seqgan.core.setup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.seqgan.api.UserException;
import org.seqgan.api.task.Proposal;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.core.registry.PluginKind;
import org.seqgan.core.registry.PluginOrigin;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.registry.RegisteredPlugin;

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
    requireReadable(data);
    return task.map(name -> named(registry, data, name)).orElseGet(() -> only(registry, data));
  }

  private static void requireReadable(Path data) {
    if (!Files.exists(data)) {
      throw data("%s: expected a file or a folder, found none; check the path".formatted(data));
    }
    if (!Files.isReadable(data)) {
      throw data("%s cannot be read: permission denied".formatted(data));
    }
  }

  private static TaskProposal named(PluginRegistry registry, Path data, String name) {
    TaskProvider<?> provider = registry.task(name);
    return ask(provider, data)
        .map(proposal -> new TaskProposal(name, proposal))
        .orElseThrow(
            () ->
                data(
                    "%s: task '%s' is not for this kind of data; it is for %s"
                        .formatted(data, name, provider.description())));
  }

  /**
   * An error of a task counts only where no other task is for the data: a folder may hold tunes and
   * a broken text.
   */
  private static TaskProposal only(PluginRegistry registry, Path data) {
    Map<String, Proposal> found = new LinkedHashMap<>();
    List<UserException> refusals = new ArrayList<>();
    for (RegisteredPlugin plugin : registry.plugins(PluginKind.TASK)) {
      try {
        ask(registry.task(plugin.name()), data)
            .ifPresent(proposal -> found.put(plugin.name(), proposal));
      } catch (UserException e) {
        refusals.add(e);
      }
    }
    if (found.size() > 1) {
      throw new UserException(
          UserException.Kind.CONFIGURATION,
          "%s: several tasks can be trained on this: %s; choose one with --task NAME"
              .formatted(data, String.join(", ", found.keySet())));
    }
    if (found.isEmpty()) {
      throw refusals.isEmpty() ? unknownKind(registry, data) : refusals.get(0);
    }
    Map.Entry<String, Proposal> one = found.entrySet().iterator().next();
    return new TaskProposal(one.getKey(), one.getValue());
  }

  private static Optional<Proposal> ask(TaskProvider<?> provider, Path data) {
    return PluginOrigin.of(PluginKind.TASK, provider)
        .call("propose(%s)".formatted(data), () -> provider.propose(data));
  }

  private static UserException unknownKind(PluginRegistry registry, Path data) {
    String kinds =
        registry.plugins(PluginKind.TASK).stream()
            .map(plugin -> registry.task(plugin.name()))
            .filter(TaskProposal::looksAtData)
            .map(provider -> "%s (%s)".formatted(provider.name(), provider.description()))
            .collect(Collectors.joining("; "));
    return data(
        "%s: no task is for this kind of data; %s"
            .formatted(
                data,
                kinds.isEmpty()
                    ? "no installed task takes a user's own"
                    : "tasks that take your own are " + kinds));
  }

  /** Whether a provider says anything of its own about a user's data. */
  private static boolean looksAtData(TaskProvider<?> provider) {
    try {
      return !provider.getClass().getMethod("propose", Path.class).isDefault();
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("every task provider has this method", e);
    }
  }

  private static UserException data(String message) {
    return new UserException(UserException.Kind.DATA, message);
  }
}
