package org.seqgan.backend.dl4j.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.backend.UnaryOperation;

/** Asks the compiler of a virtual machine of its own what it inlined. */
@DisplayName("The compiler")
class InliningBarrierTest {
  /**
   * One compiler, one thread of it, and compilations whose report nobody else writes into; nothing
   * is too large to be inlined because it was compiled before.
   */
  private static final List<String> OPTIONS =
      List.of(
          "-XX:-TieredCompilation",
          "-XX:CICompilerCount=1",
          "-XX:InlineSmallCode=1000000",
          "-Xbatch",
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:+PrintCompilation",
          "-XX:+PrintInlining");

  /**
   * A line of what is compiled begins with milliseconds and a number, of what is inlined does not.
   */
  private static final Pattern COMPILATION = Pattern.compile("\\s*\\d+\\s+\\d+\\s.*");

  @Test
  void inlinesNoLoopIntoTheMethodThatCallsTheKernels() throws Exception {
    List<String> considered = consideredIn("Caller::call");
    assertThat(considered).anyMatch(line -> line.contains("VectorKernels::max "));
    assertThat(considered).anyMatch(line -> line.contains("VectorKernels::unary "));
    assertThat(considered)
        .noneMatch(line -> line.contains("VectorKernels::maxOf "))
        .noneMatch(line -> line.contains("VectorKernels::tanh "))
        .noneMatch(line -> line.contains("VectorMath::"));
  }

  /** What the compiler says of every call below a method, in all compilations of that method. */
  private static List<String> consideredIn(String method) throws Exception {
    List<String> considered = new ArrayList<>();
    boolean inside = false;
    for (String line : whatHappens().lines().toList()) {
      if (COMPILATION.matcher(line).matches()) {
        inside = line.contains(method);
      } else if (inside) {
        considered.add(line);
      }
    }
    return considered;
  }

  private static String whatHappens() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.add(VectorModule.OPTION);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Caller.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (InputStream output = process.getInputStream()) {
      String text = new String(output.readAllBytes(), UTF_8);
      assertThat(process.waitFor()).as(text).isZero();
      return text;
    }
  }

  /** The program of such a process. */
  static final class Caller {
    private static final int CALLS = 20_000;

    private Caller() {}

    public static void main(String[] args) {
      VectorModule.load();
      Kernels kernels = new VectorKernels();
      float[] values = new float[1_000];
      for (int i = 0; i < CALLS; i++) {
        call(kernels, values);
      }
    }

    private static void call(Kernels kernels, float[] values) {
      kernels.unary(UnaryOperation.TANH, values, 0, values.length);
      values[0] = kernels.max(values, 0, values.length);
    }
  }
}
