package org.seqgan.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.commonmark.node.BulletList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every decision has a number, a status and a date:
 *
 * <pre>
 * # 0007 What was decided
 *
 * - Status: accepted
 * - Date: 2026-11-21
 * </pre>
 */
@DisplayName("docs/adr")
class DecisionsTest {
  private static final Path ROOT = Path.of(System.getProperty("seqgan.root", ".."));
  private static final String FOLDER = "docs/adr/";
  private static final String INDEX = FOLDER + "README.md";
  private static final Pattern HEAD =
      Pattern.compile(
          "Status: (?:proposed|accepted|accepted, in part replaced by \\d{4}|replaced by \\d{4})"
              + " Date: (\\d{4}-\\d{2}-\\d{2})");

  private static List<Page> decisions() throws IOException {
    return Pages.read(ROOT).all().stream()
        .filter(page -> page.path().startsWith(FOLDER) && !page.path().equals(INDEX))
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> everyOneHasNumberStatusAndDate() throws IOException {
    return decisions().stream()
        .map(page -> DynamicTest.dynamicTest(page.path(), () -> checkHead(page)));
  }

  private static void checkHead(Page page) {
    assertThat(page.title()).startsWith(number(page) + " ");
    assertThat(page.document().getFirstChild().getNext())
        .as("what stands below the title: a list of status and date")
        .isInstanceOf(BulletList.class)
        .extracting(PlainText::of)
        .asString()
        .matches(HEAD);
    Matcher head = HEAD.matcher(PlainText.of(page.document().getFirstChild().getNext()));
    assertThat(head.matches()).isTrue();
    assertThatCode(() -> LocalDate.parse(head.group(1))).doesNotThrowAnyException();
  }

  @Test
  void theNumbersHaveNoGaps() throws IOException {
    List<Page> decisions = decisions();
    assertThat(decisions).hasSizeGreaterThan(15);
    for (int i = 0; i < decisions.size(); i++) {
      assertThat(number(decisions.get(i))).isEqualTo("%04d".formatted(i + 1));
    }
  }

  @Test
  void theIndexListsThemInTheirOrder() throws IOException {
    String index = PlainText.of(Pages.read(ROOT).get(INDEX).document());
    List<String> titles = decisions().stream().map(Page::title).toList();
    assertThat(index).containsSubsequence(titles);
    assertThat(Pages.read(ROOT).get(INDEX).references())
        .extracting(reference -> FOLDER + reference.target())
        .containsExactlyElementsOf(decisions().stream().map(Page::path).toList());
  }

  private static String number(Page page) {
    String name = page.path().substring(FOLDER.length());
    return name.substring(0, Math.max(0, name.indexOf('-')));
  }
}
