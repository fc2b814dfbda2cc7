package org.seqgan.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.seqgan.api.UserException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code seqgan doctor}. */
@Command(
    name = "doctor",
    description = {
      "Says what this machine offers, and which backends can run on it.",
      "The exit code is 0 if one can, otherwise 4."
    })
final class DoctorCommand implements Callable<Integer> {
  @ParentCommand private SeqganCommand root;
  @Mixin private FormatOption format;

  @Override
  public Integer call() {
    Diagnosis diagnosis = Diagnosis.of(root.registry(), root.pluginsFolder());
    PrintWriter out = root.commandLine().getOut();
    if (format.isJson()) {
      FormatOption.printJson(diagnosis, out);
    } else {
      diagnosis.print(out);
    }
    return diagnosis.healthy() ? ExitCode.OK : UserException.Kind.ENVIRONMENT.exitCode();
  }
}
