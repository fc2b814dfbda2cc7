package org.seqgan.api.listener;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The run that a listener hears of.
 *
 * @param folder the run's folder, which is there. A listener writes nothing in it but below {@code
 *     listeners/} and its own name; whatever else no run wrote keeps {@code --overwrite} from
 *     deleting it
 * @param name the run's name: the last part of its path, or of a cell of a matrix the cell's id
 * @param configuration every option that is set, as text, in order; such as {@code
 *     training.batch-size} to {@code 32}
 * @param warnings takes a line for the user, from any thread; see {@link #warn}
 */
public record RunListenerContext(
    Path folder, String name, Map<String, String> configuration, Consumer<String> warnings) {
  /** Copies the configuration. */
  public RunListenerContext {
    configuration = Collections.unmodifiableMap(new LinkedHashMap<>(configuration));
  }

  /**
   * Tells the user something that does not end the listener. It is shown with the next event, and
   * kept among the warnings of the run; so say a thing once.
   *
   * @param message one line: what happened, and what becomes of it
   */
  public void warn(String message) {
    warnings.accept(message);
  }
}
