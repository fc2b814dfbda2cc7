package org.seqgan.cli.shipped;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What tells a build from another of the same sources. Quick, so that every build looks; {@code
 * scripts/reproducible} builds twice and compares all.
 */
@DisplayName("Nothing of when, where and by whom it was built")
class ReproducibleCheck {
  /** {@code project.build.outputTimestamp}, which Maven writes as it is, in no time zone. */
  private static final LocalDateTime TIME = LocalDateTime.of(2026, 11, 1, 0, 0);

  private static final List<String> TEXTS =
      List.of(".class", ".txt", ".json", ".properties", ".MF", ".xml", ".pom", ".conf", ".html");

  @ParameterizedTest
  @EnumSource
  void isInAnArchive(Archive archive) throws Exception {
    List<Path> files = new ArrayList<>();
    files.add(UnpackedArchive.zip(archive));
    for (Path jar : UnpackedArchive.lib(archive)) {
      if (jar.getFileName().toString().startsWith("seqgan-")) {
        files.add(jar);
      }
    }
    List<String> found = new ArrayList<>();
    for (Path file : files) {
      found.addAll(traces(file));
    }
    assertThat(files).hasSizeGreaterThan(4);
    assertThat(found).isEmpty();
  }

  private static List<String> traces(Path file) throws IOException {
    List<String> traces = new ArrayList<>();
    Set<String> names = new HashSet<>();
    String place = UnpackedArchive.root().toString();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
        String name = file.getFileName() + "!" + entry.getName();
        if (!names.add(name)) {
          traces.add(name + " is there twice");
        }
        if (!entry.getTimeLocal().equals(TIME)) {
          traces.add(name + " is of " + entry.getTimeLocal());
        }
        if (TEXTS.stream().anyMatch(entry.getName()::endsWith)) {
          try (InputStream in = zip.getInputStream(entry)) {
            // Any bytes are text in this charset.
            if (new String(in.readAllBytes(), ISO_8859_1).contains(place)) {
              traces.add(name + " names " + place);
            }
          }
        }
      }
    }
    return traces;
  }
}
