package org.seqgan.cli.shipped;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final Pattern TIME =
      Pattern.compile("<project\\.build\\.outputTimestamp>([^<]+)Z</");

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

  /** {@code project.build.outputTimestamp}, which Maven writes as it is, in no time zone. */
  private static LocalDateTime time() throws IOException {
    Matcher found = TIME.matcher(Files.readString(UnpackedArchive.root().resolve("pom.xml")));
    assertThat(found.find()).as("outputTimestamp in the root's pom").isTrue();
    return LocalDateTime.parse(found.group(1));
  }

  private static List<String> traces(Path file) throws IOException {
    List<String> traces = new ArrayList<>();
    LocalDateTime time = time();
    Set<String> names = new HashSet<>();
    String place = UnpackedArchive.root().toString();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
        String name = file.getFileName() + "!" + entry.getName();
        if (!names.add(name)) {
          traces.add(name + " is there twice");
        }
        if (!entry.getTimeLocal().equals(time)) {
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
