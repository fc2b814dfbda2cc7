package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExitCodeTest {
  @Test
  void theReadmeNamesEveryExitCode() throws IOException {
    Path readme = Path.of(System.getProperty("seqgan.root", ".."), "README.md");
    String text = Files.readString(readme).replaceAll("\\s+", " ");

    String codes =
        Arrays.stream(ExitCode.values())
            .map(each -> each.code() + " " + each.meaning())
            .collect(Collectors.joining(", ", "Exit codes: ", "."));

    assertThat(text).contains(codes);
  }
}
