package org.seqgan.core;

import java.util.Map;
import java.util.stream.Stream;
import org.seqgan.api.backend.Availability;
import org.seqgan.api.backend.BackendProvider;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.core.config.OptionsBinder;
import org.seqgan.core.registry.PluginKind;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.registry.RegisteredPlugin;

/**
 * The backends that reference cases run on: all on the class path that run here. A module that has
 * another one extends the tests of these cases.
 */
public final class TestBackends {
  private static final PluginRegistry REGISTRY =
      PluginRegistry.discover(TestBackends.class.getClassLoader());

  private TestBackends() {}

  /** Their names. */
  public static Stream<String> names() {
    return REGISTRY.plugins(PluginKind.BACKEND).stream()
        .map(RegisteredPlugin::name)
        .filter(name -> isAvailable(REGISTRY.backend(name)));
  }

  /** Opens one of them, with its defaults. */
  public static TensorBackend open(String name) {
    return open(REGISTRY.backend(name));
  }

  private static <O extends Record> boolean isAvailable(BackendProvider<O> provider) {
    return provider.availability(options(provider)) instanceof Availability.Available;
  }

  private static <O extends Record> TensorBackend open(BackendProvider<O> provider) {
    return provider.open(options(provider));
  }

  private static <O extends Record> O options(BackendProvider<O> provider) {
    return new OptionsBinder().bind(provider.about().optionsType(), Map.of());
  }
}
