package org.seqgan.tasks.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.task.Corpus;

@DisplayName("The corpus of the task \"oracle\"")
class ReleasedParametersTest {
  private static final Path FOLDER = Path.of("..", "..", "shared", "data", "oracle");

  @Test
  void isTheFilesThatTheAuthorsPublished() throws IOException, NoSuchAlgorithmException {
    assumeTrue(Files.isDirectory(FOLDER), "the authors' oracle is not on this machine");
    for (Corpus.File file : ReleasedParameters.CORPUS.files()) {
      byte[] contents = Files.readAllBytes(FOLDER.resolve(file.name()));
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(contents);
      assertThat(file.bytes()).isEqualTo(contents.length);
      assertThat(file.sha256()).isEqualTo(HexFormat.of().formatHex(digest));
    }
  }

  @Test
  void isNamedByItsProviderAndPinned() {
    assertThat(new OracleTaskProvider().corpus()).contains(ReleasedParameters.CORPUS);
    assertThat(ReleasedParameters.CORPUS.base().toString())
        .contains(ReleasedParameters.CORPUS.commit());
  }
}
