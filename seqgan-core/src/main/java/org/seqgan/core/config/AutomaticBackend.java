package org.seqgan.core.config;

import com.typesafe.config.ConfigObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Availability;
import org.seqgan.api.backend.BackendProvider;
import org.seqgan.core.checked.CheckedPlugins;
import org.seqgan.core.registry.PluginKind;
import org.seqgan.core.registry.PluginOrigin;
import org.seqgan.core.registry.PluginRegistry;

/**
 * The outcome of {@code backend = auto}.
 *
 * @param provider the available backend with the highest preference
 * @param note what was chosen and why
 */
record AutomaticBackend(BackendProvider<?> provider, String note) {

  private static final String TRIED =
      "of the backends that can run here it has the highest preference, %d";
  private static final String UNTRIED =
      "no other can run here; it is tried when something runs, and has preference %d";

  /** Which backends are asked whether they can run here, which may load native libraries. */
  enum Trial {
    /** Each, until one can. */
    ALL,
    /** The same, but for one that all others have left to be chosen. */
    ALL_BUT_THE_LAST
  }

  /**
   * Tries backends in the order of their preference until one is available.
   *
   * @param trial which of them
   * @param options given beside {@code auto}, for whichever is chosen: one that does not have such
   *     options is not
   * @throws UserException if none is, with the reason of each, or if no backend has such options
   */
  static AutomaticBackend choose(PluginRegistry registry, Trial trial, ConfigObject options) {
    List<BackendProvider<?>> providers = byPreference(registry);
    requireKnown(options, providers);
    List<String> refusals = new ArrayList<>();
    for (BackendProvider<?> provider : providers) {
      List<String> lacking = lacking(provider, options);
      if (!lacking.isEmpty()) {
        refusals.add(
            "%s (preference %d) has no option %s"
                .formatted(
                    provider.about().name(), preference(provider), String.join(", ", lacking)));
      } else if (trial == Trial.ALL_BUT_THE_LAST && refusals.size() == providers.size() - 1) {
        return new AutomaticBackend(provider, note(UNTRIED, provider, refusals));
      } else if (availability(provider, options) instanceof Availability.Unavailable refusal) {
        refusals.add(
            "%s (preference %d) cannot run here: %s"
                .formatted(provider.about().name(), preference(provider), refusal.reason()));
      } else {
        return new AutomaticBackend(provider, note(TRIED, provider, refusals));
      }
    }
    throw new UserException(
        UserException.Kind.ENVIRONMENT,
        "backend = auto found no backend that can run here: %s; see 'seqgan doctor'"
            .formatted(refusals.isEmpty() ? "none is installed" : String.join("; ", refusals)));
  }

  private static void requireKnown(ConfigObject options, List<BackendProvider<?>> providers) {
    Set<String> known = new TreeSet<>();
    providers.forEach(provider -> known.addAll(keys(provider)));
    RecordBinder.checkKeys(options, known, PluginKind.BACKEND.section());
  }

  private static List<String> lacking(BackendProvider<?> provider, ConfigObject options) {
    Set<String> lacking = new TreeSet<>(options.keySet());
    lacking.removeAll(keys(provider));
    return lacking.stream().map(key -> Words.path(PluginKind.BACKEND.section(), key)).toList();
  }

  private static Collection<String> keys(BackendProvider<?> provider) {
    return RecordSchema.of(provider.about().optionsType()).keys();
  }

  private static <O extends Record> Availability availability(
      BackendProvider<O> provider, ConfigObject given) {
    O options =
        new RecordBinder(PluginKind.BACKEND.section()).bind(provider.about().optionsType(), given);
    return CheckedPlugins.availability(provider, options);
  }

  private static List<BackendProvider<?>> byPreference(PluginRegistry registry) {
    Comparator<BackendProvider<?>> highestFirst =
        Comparator.comparingInt(provider -> -preference(provider));
    return registry.plugins(PluginKind.BACKEND).stream()
        .<BackendProvider<?>>map(plugin -> registry.backend(plugin.name()))
        .sorted(highestFirst)
        .toList();
  }

  private static int preference(BackendProvider<?> provider) {
    return PluginOrigin.of(PluginKind.BACKEND, provider).call("preference", provider::preference);
  }

  private static String note(String why, BackendProvider<?> provider, List<String> refusals) {
    String choice =
        "backend = auto chose %s: %s"
            .formatted(provider.about().name(), why.formatted(preference(provider)));
    return refusals.isEmpty() ? choice : choice + "; " + String.join("; ", refusals);
  }
}
