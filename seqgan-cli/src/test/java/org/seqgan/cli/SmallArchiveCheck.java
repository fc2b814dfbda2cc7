package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.cli.shipped.Archive;
import org.seqgan.cli.shipped.UnpackedArchive;

/** The archive {@code -gpu} that {@code package} made; the build runs this after it. */
@DisplayName("The small archive, for machines with a GPU")
class SmallArchiveCheck {
  private static final long MOST_BYTES = 25_000_000;

  @TempDir private Path here;

  @Test
  void isSmall() throws Exception {
    assertThat(Files.size(UnpackedArchive.zip(Archive.GPU))).isLessThan(MOST_BYTES);
  }

  @Test
  void saysWhatItLacks() throws Exception {
    Program.Result doctor = run(Map.of(), "doctor");
    assertThat(doctor.out())
        .contains("archive: for machines with a GPU: without the backend dl4j")
        .containsPattern("backend cuda: (runs here|does not run here: no NVIDIA driver)")
        .doesNotContain("backend dl4j: ", "broken", "${");
    Program.Result plugins = run(Map.of(), "plugins");
    assertThat(plugins.exitCode()).as(plugins.err()).isZero();
    assertThat(plugins.out()).contains("cuda").doesNotContain("dl4j");
  }

  @Test
  void refusesTheOtherBackendInOneLine() throws Exception {
    Program.Result result = run(Map.of(), "train", "quickstart", "backend.name=dl4j");
    assertThat(result.exitCode()).isEqualTo(ExitCode.CONFIGURATION.code());
    assertThat(result.err().lines())
        .singleElement()
        .asString()
        .contains("no backend plugin is named 'dl4j'", "installed are cuda");
  }

  @Test
  void trains() throws Exception {
    Path driver =
        Path.of(System.getProperty("seqgan.root", ".."), "seqgan-backend-cuda/target/cuda-emulator")
            .toAbsolutePath();
    assumeTrue(Files.exists(driver.resolve("libcuda.so.1")), "no emulated driver was built");
    List<String> words = new ArrayList<>(TinyRun.train(here.resolve("run"), 2, 1, 1));
    words.add("backend=cuda");
    Program.Result result =
        run(Map.of("LD_LIBRARY_PATH", driver.toString()), words.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(here.resolve("run/report.html")).exists();
  }

  private Program.Result run(Map<String, String> environment, String... words) throws Exception {
    String[] all = new String[words.length + 1];
    all[0] = UnpackedArchive.home(Archive.GPU).resolve("bin/seqgan").toString();
    System.arraycopy(words, 0, all, 1, words.length);
    return OtherProgram.run(here, environment, all);
  }
}
