package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.core.terminal.DisplayWidth;

/** The program with a terminal at its other end: python's, of a width that a test chooses. */
@DisplayName("A terminal")
class TerminalTest {
  private static final String PYTHON = "/usr/bin/python3";

  private static final String TERMINAL =
      """
      import fcntl, os, pty, struct, sys, termios
      child, master = pty.fork()
      if child == 0:
          fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 30, int(sys.argv[1]), 0, 0))
          os.execvp(sys.argv[2], sys.argv[2:])
      text = b""
      while True:
          try:
              more = os.read(master, 4096)
          except OSError:
              break
          if not more:
              break
          text += more
      sys.stdout.buffer.write(text.replace(b"\\r\\n", b"\\n"))
      sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
      """;

  @TempDir private static Path home;
  private static InstalledProgram program;

  @BeforeAll
  static void install() throws Exception {
    assumeTrue(Files.isExecutable(Path.of(PYTHON)), "python3, which makes terminals, is missing");
    program = InstalledProgram.in(home);
    Files.writeString(home.resolve("terminal.py"), TERMINAL);
    String[] words = TinyRun.train(home.resolve("runs/春の run"), 1, 0, 0).toArray(String[]::new);
    assertThat(Program.run(words).exitCode()).isZero();
  }

  @Test
  void aTableHasTheColumnsThatFitItsWidthAndSaysWhichDoNot() throws Exception {
    List<String> lines = run(70, "runs", "NO_COLOR=1").out().lines().toList();
    assertThat(lines.get(0)).matches("run +state +progress +nll-oracle.*");
    assertThat(lines.get(1)).startsWith("runs/春の run  finished  ").doesNotContain("\u001b");
    assertThat(lines.subList(0, 2)).allMatch(line -> DisplayWidth.of(line) <= 70);
    assertThat(lines.get(2)).startsWith("Too wide for 70 columns: ").contains("size");
    assertThat(run(300, "runs", "A=b").out()).contains("size").doesNotContain("Too wide");
    assertThat(run(300, "runs", "COLUMNS=70").out()).contains("Too wide for 70 columns: ");
  }

  @Test
  void helpIsAsWideAsTheTerminal() throws Exception {
    String help = run(60, "--help", "NO_COLOR=1").out();
    assertThat(help.lines()).allMatch(line -> DisplayWidth.of(line) <= 60);
    assertThat(help.lines()).anyMatch(line -> DisplayWidth.of(line) > 50);
  }

  @Test
  void coloursAreThereAloneUnlessSomebodyWantsNone() throws Exception {
    String green = "\u001b[32mfinished\u001b[0m";
    String red = "\u001b[31mseqgan:\u001b[0m unknown command";
    assertThat(run(100, "runs", "TERM=xterm").out()).contains(green);
    assertThat(run(100, "trian", "TERM=xterm").out()).contains(red);
    assertThat(run(100, "--color never runs", "TERM=xterm").out()).doesNotContain("\u001b");
    assertThat(program.shell("seqgan runs").out()).contains("finished").doesNotContain("\u001b");
    assertThat(program.shell("seqgan runs", "CLICOLOR_FORCE=1").out()).contains(green);
    assertThat(program.shell("seqgan trian --color=always").err()).contains(red);
  }

  @Test
  void whatDeletesAsksThere() throws Exception {
    Program.Result result = run(100, "runs delete 'runs/春の run' </dev/null", "NO_COLOR=1");
    assertThat(result.out()).contains("[y/N]", "expected an answer, found none");
    assertThat(home.resolve("runs/春の run")).isDirectory();
  }

  /** Runs the program in a terminal of some columns, without a COLUMNS of this test's own. */
  private static Program.Result run(int columns, String words, String environment)
      throws Exception {
    Files.writeString(home.resolve("command.sh"), "exec sh bin/seqgan " + words + "\n");
    return program.shell(
        "unset COLUMNS; export %s; %s terminal.py %d sh command.sh"
            .formatted(environment, PYTHON, columns),
        "SEQGAN_OPTS=-XX:TieredStopAtLevel=1");
  }
}
