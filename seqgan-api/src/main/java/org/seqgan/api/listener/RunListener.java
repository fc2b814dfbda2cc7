package org.seqgan.api.listener;

/**
 * Hears of a run: writes a file, tells a server. Made by a {@link RunListenerProvider} for one run.
 *
 * <p>Threads: every call comes on one thread, which is the listener's alone, in the order of what
 * happened. Training never waits for it. Events wait in a queue that is bounded: of a listener that
 * is too slow, those that find no room are dropped and counted, and the user is told the count.
 * {@link RunEvent.Started} and {@link RunEvent.Ended} are never dropped.
 *
 * <p>Errors: what it throws, an {@link Error} too, ends the listener and not the run. The user
 * reads the message once, among the warnings of the run. A trouble that passes, such as a server
 * that is away for a minute, is better kept to itself and told through {@link
 * RunListenerContext#warn}.
 *
 * <p>The end: after {@link RunEvent.Ended} it is closed. All listeners of a run have {@value
 * #SECONDS_TO_FINISH} seconds together from the end of training until they are closed; after that
 * their threads are interrupted and left behind, and do not keep the process alive.
 */
public interface RunListener extends AutoCloseable {
  /** How long listeners may take to finish when training has ended. */
  int SECONDS_TO_FINISH = 10;

  /**
   * Something happened.
   *
   * @throws Exception to hear nothing more
   */
  void on(RunEvent event) throws Exception;

  /**
   * Lets go of files and connections. Called once, after the last event or after what it threw.
   *
   * @throws Exception what the user should know
   */
  @Override
  void close() throws Exception;
}
