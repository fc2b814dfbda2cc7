package org.seqgan.api.listener;

import org.seqgan.api.plugin.Provider;

/**
 * Makes listeners of one name.
 *
 * @param <O> the record of options, which the command line gives after the name
 */
public interface RunListenerProvider<O extends Record> extends Provider<O> {
  /**
   * A listener to one run in this process. Called on the listener's own thread, before the first
   * event; it may take its time, and training does not wait.
   *
   * @throws Exception where it cannot listen; the user reads the message in a line, and the run
   *     goes on without it
   */
  RunListener open(RunListenerContext context, O options) throws Exception;
}
