package org.seqgan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * The program as a user has it: the launcher in {@code bin/}, what it needs in {@code lib/}, and a
 * shell to call it from.
 */
final class InstalledProgram {
  private static final Path LAUNCHER =
      Path.of(System.getProperty("seqgan.root", ".."), "seqgan-cli/src/main/dist/bin/seqgan");

  private final Path home;

  private InstalledProgram(Path home) {
    this.home = home;
  }

  /** Installs it in a folder. */
  static InstalledProgram in(Path home) throws IOException {
    Path bin = Files.createDirectories(home.resolve("bin"));
    Files.copy(LAUNCHER, bin.resolve("seqgan"));
    // The classes of this test's class path, which are not in jars yet, by way of one jar.
    List<String> places = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      places.add(Path.of(entry).toUri().toString());
    }
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, String.join(" ", places));
    Path lib = Files.createDirectories(home.resolve("lib"));
    try (OutputStream file = Files.newOutputStream(lib.resolve("classes.jar"))) {
      new JarOutputStream(file, manifest).close();
    }
    return new InstalledProgram(home);
  }

  /** The folder that a shell's script runs in. */
  Path folder() {
    return home;
  }

  /**
   * Runs a script of the shell, in which {@code seqgan} is the program.
   *
   * @param environment words {@code NAME=VALUE}
   */
  Program.Result shell(String script, String... environment)
      throws IOException, InterruptedException {
    Path out = home.resolve("shell.out");
    Path err = home.resolve("shell.err");
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", "seqgan() { sh bin/seqgan \"$@\"; }\n" + script);
    builder.directory(home.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
    builder.environment().put("LC_ALL", "C.UTF-8");
    for (String word : environment) {
      int equals = word.indexOf('=');
      builder.environment().put(word.substring(0, equals), word.substring(equals + 1));
    }
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    if (!process.waitFor(600, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running: " + script + "\n" + Files.readString(err));
    }
    return new Program.Result(
        process.exitValue(),
        new String(Files.readAllBytes(out), UTF_8),
        new String(Files.readAllBytes(err), UTF_8));
  }
}
