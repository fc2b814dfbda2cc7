package org.seqgan.core.setup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.seqgan.api.UserException;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.core.registry.PluginKind;
import org.seqgan.core.registry.PluginOrigin;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.registry.RegisteredPlugin;

/**
 * The task that is for given data.
 *
 * @param task its name
 * @param answer what it says to them
 */
record TaskChoice<T>(String task, T answer) {

  /**
   * Asks the tasks.
   *
   * @param data a file or folder
   * @param task the only one to ask; empty to ask all
   * @param question what each is asked; empty if the data are not for it
   * @throws UserException if the data cannot be read, if no task is for them or several are, or if
   *     the task that they are for can make nothing of them
   */
  static <T> TaskChoice<T> of(
      PluginRegistry registry,
      Path data,
      Optional<String> task,
      Function<TaskProvider<?>, Optional<T>> question) {
    requireReadable(data);
    return task.map(name -> named(registry, data, name, question))
        .orElseGet(() -> only(registry, data, question));
  }

  private static void requireReadable(Path data) {
    if (!Files.exists(data)) {
      throw data("%s: expected a file or a folder, found none; check the path".formatted(data));
    }
    if (!Files.isReadable(data)) {
      throw data("%s cannot be read: permission denied".formatted(data));
    }
  }

  private static <T> TaskChoice<T> named(
      PluginRegistry registry,
      Path data,
      String name,
      Function<TaskProvider<?>, Optional<T>> question) {
    TaskProvider<?> provider = registry.task(name);
    return ask(provider, data, question)
        .map(answer -> new TaskChoice<>(name, answer))
        .orElseThrow(
            () ->
                data(
                    "%s: task '%s' is not for this kind of data; it is for %s"
                        .formatted(data, name, provider.about().description())));
  }

  /**
   * An error of a task counts only where no other task is for the data: a folder may hold tunes and
   * a broken text. Of several, those that look at a user's own data come first.
   */
  private static <T> TaskChoice<T> only(
      PluginRegistry registry, Path data, Function<TaskProvider<?>, Optional<T>> question) {
    Map<String, T> found = new LinkedHashMap<>();
    List<UserException> refusals = new ArrayList<>();
    for (RegisteredPlugin plugin : registry.plugins(PluginKind.TASK)) {
      try {
        ask(registry.task(plugin.name()), data, question)
            .ifPresent(answer -> found.put(plugin.name(), answer));
      } catch (UserException e) {
        refusals.add(e);
      }
    }
    if (found.keySet().stream().anyMatch(name -> looksAtData(registry.task(name)))) {
      found.keySet().removeIf(name -> !looksAtData(registry.task(name)));
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
    Map.Entry<String, T> one = found.entrySet().iterator().next();
    return new TaskChoice<>(one.getKey(), one.getValue());
  }

  private static <T> Optional<T> ask(
      TaskProvider<?> provider, Path data, Function<TaskProvider<?>, Optional<T>> question) {
    return guarded(provider, data, () -> question.apply(provider));
  }

  /** What a task does with data: an exception that it does not mean is a fault of the plugin. */
  static <T> T guarded(TaskProvider<?> provider, Path data, Supplier<T> work) {
    return PluginOrigin.of(PluginKind.TASK, provider).call("looking at " + data, work);
  }

  private static UserException unknownKind(PluginRegistry registry, Path data) {
    String kinds =
        registry.plugins(PluginKind.TASK).stream()
            .map(plugin -> registry.task(plugin.name()))
            .filter(TaskChoice::looksAtData)
            .map(
                provider ->
                    "%s (%s)".formatted(provider.about().name(), provider.about().description()))
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
