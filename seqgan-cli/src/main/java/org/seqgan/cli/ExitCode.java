package org.seqgan.cli;

import java.util.Optional;
import org.seqgan.api.UserException;
import org.seqgan.core.failure.Failure;
import org.seqgan.core.run.StopSignal;

/** Every exit code of the program, and what it means. The README has the same list. */
enum ExitCode {
  DONE(0, "done"),
  INTERNAL_ERROR(1, "an internal error"),
  CONFIGURATION(UserException.Kind.CONFIGURATION, "a command line or configuration"),
  DATA(UserException.Kind.DATA, "an input file"),
  ENVIRONMENT(UserException.Kind.ENVIRONMENT, "this machine"),
  RUN_DIRECTORY(UserException.Kind.RUN_DIRECTORY, "a run directory"),
  CELLS_FAILED(6, "some cells of a matrix failed"),
  PLUGIN(UserException.Kind.PLUGIN, "a fault of a plugin"),
  TRAINING(UserException.Kind.TRAINING, "training was stopped by training.stop-on"),
  OUT_OF_MEMORY(9, "memory or stack ran out"),
  INTERRUPTED(StopSignal.INTERRUPT, "interrupted (SIGINT)"),
  OUTPUT_CLOSED(141, "the reader of the output went away"),
  TERMINATED(StopSignal.TERMINATE, "told to stop (SIGTERM)");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  ExitCode(UserException.Kind kind, String meaning) {
    this(kind.exitCode(), meaning);
  }

  ExitCode(StopSignal signal, String meaning) {
    this(signal.exitCode(), meaning);
  }

  /** That of a process that was told to go, by a signal or otherwise. */
  static ExitCode of(Optional<StopSignal> signal) {
    return signal.filter(StopSignal.TERMINATE::equals).map(each -> TERMINATED).orElse(INTERRUPTED);
  }

  /** The code for a failure. */
  static int of(Failure failure) {
    Failure.Kind kind = failure.kind();
    if (kind instanceof Failure.OfUser user) {
      return user.kind().exitCode();
    }
    return (kind instanceof Failure.Exhausted ? OUT_OF_MEMORY : INTERNAL_ERROR).code();
  }

  /** What the process ends with. */
  int code() {
    return code;
  }

  /** A few words. */
  String meaning() {
    return meaning;
  }
}
