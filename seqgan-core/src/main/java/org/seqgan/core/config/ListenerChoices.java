package org.seqgan.core.config;

import com.typesafe.config.ConfigObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.seqgan.api.listener.RunListenerProvider;
import org.seqgan.core.registry.PluginRegistry;

/**
 * Listeners as the command line names them: {@code tensorboard}, or with options {@code mlflow {
 * url = "http://127.0.0.1:5000" }}. They are no part of a configuration, because they change
 * nothing of a run.
 */
public final class ListenerChoices {
  private ListenerChoices() {}

  /**
   * Reads them.
   *
   * @param texts one each
   * @throws org.seqgan.api.UserException if a name is not known or given twice, or an option is not
   *     what is expected
   */
  public static List<PluginChoice<RunListenerProvider<?>>> parse(
      PluginRegistry registry, List<String> texts) {
    List<PluginChoice<RunListenerProvider<?>>> choices = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String text : texts) {
      int brace = text.indexOf('{');
      String name = (brace < 0 ? text : text.substring(0, brace)).strip();
      RunListenerProvider<?> provider = registry.listener(name);
      if (!names.add(name)) {
        throw Hocon.error(
            "--listen names '%s' twice; a run has one listener of a name".formatted(name));
      }
      ConfigObject options = brace < 0 ? Hocon.empty() : options(text.substring(brace), text);
      choices.add(
          new PluginChoice<>(
              provider, new RecordBinder(name).bind(provider.about().optionsType(), options)));
    }
    return List.copyOf(choices);
  }

  private static ConfigObject options(String text, String whole) {
    String origin = Place.commandLine("--listen " + whole);
    if (Hocon.value(text, origin) instanceof ConfigObject object) {
      return object;
    }
    throw Hocon.error("%s: expected options as { key = value }".formatted(origin));
  }
}
