package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code seqgan} of a checkout, with a Maven that builds in no time. */
@DisplayName("The launcher of a checkout")
class CheckoutLauncherTest {
  /** Says what Maven says, counts its calls, and makes what the build makes. */
  private static final String MAVEN =
      """
      #!/bin/sh
      root=$(dirname "$4")
      echo "[INFO] Scanning for projects..."
      echo "Downloaded from central: https://example.org/a/b/nd4j-native-1.0.jar (21 MB at 3.0 MB/s)"
      echo "Downloaded from central: https://example.org/a/b/small.pom (2.1 kB at 60 kB/s)"
      echo "[INFO] Building seqgan-api 0.1.0                                          [2/7]"
      if grep -q "not java" "$root"/seqgan-api/src/main/A.java; then
        echo "[ERROR] COMPILATION ERROR"
        exit 1
      fi
      echo built >> "$root/builds.txt"
      bin=$root/seqgan-cli/target/seqgan-1/seqgan-1/bin
      mkdir -p "$bin"
      printf '#!/bin/sh\necho "called with $*"\nexit 3\n' > "$bin/seqgan"
      chmod +x "$bin/seqgan"
      """;

  @TempDir private Path folder;
  private Path checkout;

  @BeforeEach
  void checkOut() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "the launcher is a script of /bin/sh");
    checkout = Files.createDirectory(folder.resolve("checkout"));
    Files.copy(
        Path.of(System.getProperty("seqgan.root", "..")).resolve("seqgan"),
        checkout.resolve("seqgan"));
    Files.writeString(checkout.resolve("pom.xml"), "<project/>");
    for (String module : new String[] {"seqgan-api", "seqgan-cli"}) {
      Path main = Files.createDirectories(checkout.resolve(module).resolve("src/main"));
      Files.writeString(main.resolveSibling("../pom.xml").normalize(), "<project/>");
      Files.writeString(main.resolve("A.java"), "class A {}");
    }
    Path maven = Files.createDirectory(folder.resolve("bin")).resolve("mvn");
    Files.writeString(maven, MAVEN);
    Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void buildsOnceAndShowsHowFarItIs() throws Exception {
    Program.Result first = seqgan(checkout);
    assertThat(first.exitCode()).isEqualTo(3);
    assertThat(first.out()).isEqualTo("called with train quickstart\n");
    assertThat(first.err().lines())
        .containsExactly(
            "seqgan: building from the sources (the first time takes a few minutes, and fetches"
                + " libraries)",
            "seqgan: fetched nd4j-native-1.0.jar (21 MB)",
            "seqgan: building seqgan-api (2/7)");
    Program.Result second = seqgan(checkout);
    assertThat(second.err()).isEmpty();
    assertThat(second.out()).isEqualTo("called with train quickstart\n");
    assertThat(builds(checkout)).isEqualTo(1);
  }

  @Test
  void aCopyWithTimesOfItsOwnIsNotBuiltAgain() throws Exception {
    seqgan(checkout);
    Path copy = folder.resolve("copy");
    assertThat(shell("cp -r " + checkout + " " + copy).exitCode()).isZero();
    Files.setLastModifiedTime(
        copy.resolve("seqgan-api/src/main/A.java"), FileTime.from(Instant.now().plusSeconds(3600)));
    assertThat(seqgan(copy).err()).isEmpty();
    assertThat(builds(copy)).isEqualTo(1);
  }

  @Test
  void aSourceWithOtherContentsIsBuiltWhateverItsTime() throws Exception {
    seqgan(checkout);
    Path source = checkout.resolve("seqgan-api/src/main/A.java");
    FileTime time = Files.getLastModifiedTime(source);
    Files.writeString(source, "class B {}");
    Files.setLastModifiedTime(source, time);
    seqgan(checkout);
    assertThat(builds(checkout)).isEqualTo(2);
    Files.delete(source.resolveSibling("../../../seqgan-cli/src/main/A.java"));
    seqgan(checkout);
    assertThat(builds(checkout)).isEqualTo(3);
  }

  @Test
  void aBuildThatFailsIsToldAndTriedAgain() throws Exception {
    seqgan(checkout);
    Files.writeString(checkout.resolve("seqgan-api/src/main/A.java"), "not java");
    for (int i = 0; i < 2; i++) {
      Program.Result result = seqgan(checkout);
      assertThat(result.exitCode()).isEqualTo(4);
      assertThat(result.out()).isEmpty();
      assertThat(result.err())
          .contains(
              "[ERROR] COMPILATION ERROR", "seqgan: the build failed; all that it said is in");
    }
  }

  private static long builds(Path checkout) throws IOException {
    return Files.readAllLines(checkout.resolve("builds.txt")).size();
  }

  private Program.Result seqgan(Path root) throws Exception {
    return shell("sh " + root.resolve("seqgan") + " train quickstart");
  }

  private Program.Result shell(String script) throws Exception {
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", script);
    builder.environment().merge("PATH", "", (old, none) -> folder.resolve("bin") + ":" + old);
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Program.Result(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
