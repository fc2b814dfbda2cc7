package org.seqgan.api.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.ApiVersion;

/**
 * Holds the interfaces of this module against those of the last release. With {@code
 * -Dseqgan.api.release=true}, at a release, it writes what the next one is held against.
 */
@DisplayName("What plugins were promised")
class ReleasedApiTest {
  private static final Path RELEASED =
      Path.of(System.getProperty("seqgan.root", ".."), "seqgan-api", "api-released.txt");

  @TempDir private Path folder;

  private static Signatures now() throws IOException, URISyntaxException {
    Path place =
        Path.of(ApiVersion.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return Signatures.in(place, ApiVersion.class.getClassLoader());
  }

  @Test
  void isKeptOrTheVersionIsRaised() throws IOException, URISyntaxException {
    if (Boolean.getBoolean("seqgan.api.release")) {
      assertThat(ReleasedApi.read(RELEASED).fault(ApiVersion.CURRENT, now())).isEmpty();
      new ReleasedApi(ApiVersion.CURRENT, now()).write(RELEASED);
    }
    ReleasedApi released = ReleasedApi.read(RELEASED);
    assertThat(released.signatures().promises()).hasSizeGreaterThan(1000);
    Optional<String> fault = released.fault(ApiVersion.CURRENT, now());
    assertThat(fault).withFailMessage(() -> fault.orElse("")).isEmpty();
  }

  @Test
  void isReadAsItWasWritten() throws IOException, URISyntaxException {
    ReleasedApi released = new ReleasedApi(7, now());
    Path file = folder.resolve("api.txt");
    released.write(file);
    assertThat(ReleasedApi.read(file)).isEqualTo(released);
  }
}
