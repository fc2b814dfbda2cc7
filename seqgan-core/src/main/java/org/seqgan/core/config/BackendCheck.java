package org.seqgan.core.config;

import java.util.List;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Availability;
import org.seqgan.api.backend.BackendProvider;

/** Asks a backend whether it can run here, without trusting its answer to come. */
public final class BackendCheck {
  private BackendCheck() {}

  /**
   * Whether a backend can run here with its default options. May load native libraries. A backend
   * that fails while it answers cannot run here, and the failure is the reason.
   */
  public static Availability availability(BackendProvider<?> provider) {
    try {
      return ask(provider);
    } catch (UserException e) {
      return new Availability.Unavailable(e.getMessage(), List.of());
    } catch (RuntimeException | LinkageError e) {
      return new Availability.Unavailable(
          "it failed while it was asked, which is a fault of the plugin: "
              + Place.oneLine(e.toString()),
          List.of());
    }
  }

  private static <O extends Record> Availability ask(BackendProvider<O> provider) {
    return provider.availability(OptionsBinder.defaults(provider.optionsType()));
  }
}
