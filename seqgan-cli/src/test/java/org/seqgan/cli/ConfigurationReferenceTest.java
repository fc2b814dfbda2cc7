package org.seqgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.seqgan.core.config.ConfigurationReference;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.testkit.reference.ReferenceBackendProvider;

class ConfigurationReferenceTest {
  private static final Path PAGE =
      Path.of(System.getProperty("seqgan.root", ".."), "docs", "configuration.md");

  @Test
  void thePageInDocsIsTheOneThatTheRecordsGive() throws IOException {
    // The reference backend is there for tests alone; the page is about what a user has.
    PluginRegistry all = PluginRegistry.discover(getClass().getClassLoader());
    PluginRegistry registry =
        PluginRegistry.of(
            all.plugins().stream()
                .map(plugin -> plugin.provider())
                .filter(provider -> !(provider instanceof ReferenceBackendProvider))
                .toArray(org.seqgan.api.plugin.Provider<?>[]::new));
    String expected = ConfigurationReference.markdown(registry);
    if (Boolean.getBoolean("seqgan.docs.update")) {
      Files.writeString(PAGE, expected);
    }
    assertThat(Files.readString(PAGE))
        .as("docs/configuration.md; to update it: mvn verify -Dseqgan.docs.update=true")
        .isEqualTo(expected);
  }
}
