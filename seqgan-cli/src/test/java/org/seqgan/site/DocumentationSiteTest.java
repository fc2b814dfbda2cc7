package org.seqgan.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The site without its javadoc, which takes as long as a compilation. */
@DisplayName("The site of the documentation")
class DocumentationSiteTest {
  private static final Path ROOT = Path.of(System.getProperty("seqgan.root", ".."));
  private static final Pattern ADDRESS = Pattern.compile("(?:href|src)=\"([^\"]*)\"");
  private static final Pattern LOADED =
      Pattern.compile("<(?:script|img|iframe)[^>]* src=\"https?:|<link[^>]* href=\"https?:");

  @TempDir private static Path site;

  @BeforeAll
  static void build() throws IOException {
    new DocumentationSite(site, "1.2.3").write(Pages.read(ROOT), Optional.empty());
  }

  private static List<Path> html() throws IOException {
    try (Stream<Path> files = Files.walk(site)) {
      return files.filter(file -> file.toString().endsWith(".html")).sorted().toList();
    }
  }

  @Test
  void hasEveryPageAndNothingUnfilled() throws IOException {
    for (Page page : Pages.read(ROOT).all()) {
      assertThat(site.resolve(Addresses.of(page)))
          .content()
          .contains("<title>", "1.2.3")
          .doesNotContainPattern("@(title|version|root|navigation|content)@");
    }
    assertThat(site.resolve("index.html")).content().contains("id=\"run-it\"");
    assertThat(site.resolve("docs/images/workbench-curves.png")).isNotEmptyFile();
    assertThat(site.resolve("LICENSE")).isNotEmptyFile();
  }

  @Test
  void everyLinkLeadsToAFileAndAPlaceInIt() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path page : html()) {
      for (MatchResult match : ADDRESS.matcher(Files.readString(page)).results().toList()) {
        String link = match.group(1);
        if (!link.matches("[a-z]+:.*")) {
          links++;
          String id = link.contains("#") ? link.substring(link.indexOf('#') + 1) : "";
          String name = link.replaceFirst("#.*", "");
          Path file = name.isEmpty() ? page : page.resolveSibling(name).normalize();
          if (!Files.isRegularFile(file) || !(id.isEmpty() || hasId(file, id))) {
            broken.add(site.relativize(page) + ": " + link);
          }
        }
      }
    }
    assertThat(broken).isEmpty();
    assertThat(links).isGreaterThan(1000);
  }

  private static boolean hasId(Path file, String id) throws IOException {
    return Files.readString(file).contains("id=\"" + id + "\"");
  }

  @Test
  void loadsNothingFromElsewhere() throws IOException {
    for (Path page : html()) {
      assertThat(page).content().doesNotContainPattern(LOADED);
    }
    assertThat(site.resolve("site.css")).content().doesNotContain("url(", "@import");
    assertThat(site.resolve("search.js")).content().doesNotContain("fetch(", "http");
  }

  @Test
  void theSearchKnowsEverySection() throws IOException {
    String script = Files.readString(site.resolve(SearchIndex.FILE));
    JsonNode index = new ObjectMapper().readTree(script.replaceFirst("^const SEARCH_INDEX = ", ""));
    int sections = 0;
    for (Page page : Pages.read(ROOT).all()) {
      sections += page.sections().size();
    }
    assertThat(index).hasSize(sections);
    assertThat(index)
        .anySatisfy(
            entry -> {
              assertThat(entry.get(0).asText()).isEqualTo("Runs");
              assertThat(entry.get(2).asText()).isEqualTo("docs/runs.html#choose-a-checkpoint");
              assertThat(entry.get(3).asText()).contains("--best");
            });
  }

  @Test
  void aPageThatIsShownIsMarkedInTheListOfPages() throws IOException {
    assertThat(site.resolve("docs/tasks/music.html"))
        .content()
        .contains("<a href=\"music.html\" aria-current=\"page\">Music</a>")
        .contains("<a href=\"../runs.html\">Runs</a>");
  }
}
