package org.seqgan.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The pages of the documentation")
class PagesTest {
  private static final Path ROOT = Path.of(System.getProperty("seqgan.root", ".."));
  private static final String INDEX = "docs/README.md";
  private static final String DECISIONS = "docs/adr/";

  @Test
  void everyLinkLeadsToAFileAndAHeadingThatAreThere() throws IOException {
    Pages pages = Pages.read(ROOT);
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Page page : pages.all()) {
      for (Page.Reference link : page.references()) {
        Optional<Pages.Target> target = Pages.target(page, link.target());
        links += target.isPresent() ? 1 : 0;
        if (target.isPresent() && !isThere(pages, target.get())) {
          broken.add("%s:%d: %s".formatted(page.path(), link.line(), link.target()));
        }
      }
    }
    assertThat(broken).isEmpty();
    assertThat(links).isGreaterThan(100);
  }

  private static boolean isThere(Pages pages, Pages.Target target) {
    boolean hasHeading =
        target.id().isEmpty()
            || pages
                .page(target)
                .filter(page -> page.headings().containsValue(target.id()))
                .isPresent();
    return hasHeading
        && !target.path().startsWith("..")
        && Files.exists(ROOT.resolve(target.path()));
  }

  /** Decisions have an index of their own ({@link DecisionsTest}). */
  @Test
  void everyPageIsInTheIndex() throws IOException {
    Pages pages = Pages.read(ROOT);
    Page index = pages.get(INDEX);
    Set<String> listed = new TreeSet<>(Set.of(INDEX, "README.md"));
    for (Page.Reference link : index.references()) {
      Pages.target(index, link.target())
          .flatMap(pages::page)
          .map(Page::path)
          .ifPresent(listed::add);
    }
    assertThat(pages.byPath().keySet())
        .filteredOn(path -> !path.startsWith(DECISIONS) || path.equals(DECISIONS + "README.md"))
        .hasSizeGreaterThan(25)
        .allSatisfy(path -> assertThat(listed).as("pages that %s links to", INDEX).contains(path));
  }

  @Test
  void noPageHasHtmlInIt() throws IOException {
    assertThat(Pages.read(ROOT).all())
        .allSatisfy(page -> assertThat(page.html()).as(page.path()).isEmpty());
    assertThat(Page.of("a.md", "rare words become <unk>").html()).containsExactly("<unk>");
  }

  @Test
  void theReadmePointsToTheIndex() throws IOException {
    assertThat(Pages.read(ROOT).get("README.md").references())
        .extracting(Page.Reference::target)
        .contains(INDEX);
  }

  @Test
  void aPageHasTheHeadingsTextAndLinksThatAReaderSees() {
    Page page =
        Page.of(
            "docs/a.md",
            """
            # The *title* of `a`

            Before. See [b](b.md#c-d) and
            [home](../README.md).

            ## What's new? (NLL_gen)

            | x | y |
            |---|---|
            | 1 | ![z](z.png) |

            ## What's new? (NLL_gen)
            """);

    assertThat(page.title()).isEqualTo("The title of a");
    assertThat(page.headings().values())
        .containsExactly("the-title-of-a", "whats-new-nll_gen", "whats-new-nll_gen-1");
    assertThat(page.references())
        .containsExactly(
            new Page.Reference(3, "b.md#c-d", "b"),
            new Page.Reference(4, "../README.md", "home"),
            new Page.Reference(10, "z.png", "z"));
    assertThat(page.sections())
        .containsExactly(
            new Page.Section("The title of a", "", "Before. See b and home."),
            new Page.Section("What's new? (NLL_gen)", "whats-new-nll_gen", "x y 1 z"),
            new Page.Section("What's new? (NLL_gen)", "whats-new-nll_gen-1", ""));
  }

  @Test
  void aLinkIsFoundFromThePageThatItStandsOn() {
    Page page = Page.of("docs/tasks/a.md", "");
    assertThat(Pages.target(page, "b.md#c")).hasValue(new Pages.Target("docs/tasks/b.md", "c"));
    assertThat(Pages.target(page, "../../README.md")).hasValue(new Pages.Target("README.md", ""));
    assertThat(Pages.target(page, "../adr/")).hasValue(new Pages.Target("docs/adr", ""));
    assertThat(Pages.target(page, "#c")).hasValue(new Pages.Target("docs/tasks/a.md", "c"));
    assertThat(Pages.target(page, "https://example.org/b.md")).isEmpty();
  }
}
