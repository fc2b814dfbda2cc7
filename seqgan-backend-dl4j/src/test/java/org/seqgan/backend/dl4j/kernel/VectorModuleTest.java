package org.seqgan.backend.dl4j.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** In processes of their own, because a module is loaded once. */
@DisplayName("The module of the Vector API")
class VectorModuleTest {
  @Test
  void isLoadedAtRunTimeAndTheVirtualMachineHasNothingToSayOfIt() throws Exception {
    // The boot loader, which has no name, is the one whose classes are compiled to vectors.
    assertThat(whatHappens(VectorModule.OPTION)).isEqualTo("loaded by null\n");
  }

  @Test
  void isTheOneOfTheCommandLineWhereItIsNamedThere() throws Exception {
    assertThat(whatHappens("--add-modules=" + VectorModule.NAME)).endsWith("loaded by null\n");
  }

  @Test
  void isMissedInWordsWithoutTheOption() throws Exception {
    assertThat(whatHappens())
        .startsWith("scalar loops: the module jdk.incubator.vector is not there: start")
        .contains(VectorModule.OPTION);
  }

  /** Everything that a process prints that chooses kernels, by either stream. */
  private static String whatHappens(String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Chooser.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (InputStream output = process.getInputStream()) {
      String text = new String(output.readAllBytes(), UTF_8);
      assertThat(process.waitFor()).as(text).isZero();
      return text;
    }
  }

  /** The program of such a process. */
  static final class Chooser {
    private Chooser() {}

    public static void main(String[] args) {
      Kernels kernels = KernelChoice.choose(new Processor("any", Set.of("fma"), true));
      System.out.print(
          kernels instanceof VectorKernels
              ? "loaded by " + FloatVector.class.getClassLoader() + "\n"
              : kernels.description());
    }
  }
}
