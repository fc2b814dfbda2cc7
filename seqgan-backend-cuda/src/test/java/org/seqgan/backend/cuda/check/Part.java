package org.seqgan.backend.cuda.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.seqgan.core.io.Json;

/**
 * A piece of a check, after which it can stop.
 *
 * @param name in the JSON
 * @param work what it does
 */
record Part(String name, Work work) {
  /** What a part does. */
  @FunctionalInterface
  interface Work {
    /**
     * Does it, until it is done or the check is to stop.
     *
     * @param goesOn whether an earlier call began it
     */
    Result run(Stop stop, boolean goesOn) throws Exception;
  }

  /** How a part ended. */
  enum State {
    /** Whatever a killed process left. */
    BEGUN,
    /** It goes on where it was. */
    STOPPED,
    /** It is done again. */
    FAILED,
    /** Never to be done again. */
    DONE;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What came of it.
   *
   * @param state how it ended
   * @param measured for the JSON
   */
  record Result(State state, ObjectNode measured) {
    /** Of a process: 0 is done, the code of a polite stop is stopped where there was one. */
    static Result ofExit(int code, Stop stop) {
      ObjectNode measured = Json.object().put("exit-code", code);
      if (code == 0) {
        return new Result(State.DONE, measured);
      }
      boolean asked = stop.isDue() && Stop.CODES.contains(code);
      return new Result(asked ? State.STOPPED : State.FAILED, measured);
    }
  }
}
