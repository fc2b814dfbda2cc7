package org.seqgan.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkippedChecksTest {
  private static final Instant BEGIN = Instant.parse("2026-11-27T10:00:00Z");
  private static final String PASSED = "<testcase name=\"adds\" classname=\"org.a.SumTest\"/>";

  /** As Surefire writes an assumption that did not hold. */
  private static final String ABORTED =
      """
      <testcase name="NAME" classname="org.a.PageTest">
        <skipped type="org.opentest4j.TestAbortedException"><![CDATA[\
      org.opentest4j.TestAbortedException: Assumption failed: there is no browser
      	at org.a.PageTest.looks(PageTest.java:1)
      ]]></skipped>
      </testcase>
      """;

  /** As Surefire writes a class that is disabled. */
  private static final String DISABLED =
      """
      <testcase name="org.b.LimitTest" classname="org.b.LimitTest">
        <skipped message="there is no ulimit &amp; no quota"/>
      </testcase>
      """;

  @TempDir private Path root;

  @Test
  void namesWhatWasSkippedInAllModulesUnderItsReason() throws IOException {
    report("one", "PageTest", ABORTED.replace("NAME", "scrolls") + PASSED, BEGIN.plusSeconds(1));
    report("two", "PageTest", ABORTED.replace("NAME", "looks"), BEGIN);
    report("two", "LimitTest", DISABLED, BEGIN.plusSeconds(9));

    assertThat(SkippedChecks.lines(root, BEGIN))
        .containsExactly(
            "3 checks were skipped:",
            "  there is no browser",
            "    one PageTest.scrolls",
            "    two PageTest.looks",
            "  there is no ulimit & no quota",
            "    two LimitTest");
  }

  @Test
  void saysNothingWhereNothingWasSkipped() throws IOException {
    report("one", "SumTest", PASSED, BEGIN.plusSeconds(1));
    Files.createDirectories(root.resolve("docs"));

    assertThat(SkippedChecks.lines(root, BEGIN)).isEmpty();
  }

  @Test
  void leavesOutWhatAnEarlierBuildSkipped() throws IOException {
    report("one", "PageTest", ABORTED, BEGIN.minusSeconds(1));

    assertThat(SkippedChecks.lines(root, BEGIN)).isEmpty();
  }

  private void report(String module, String test, String cases, Instant time) throws IOException {
    Path folder = root.resolve(module).resolve("target/surefire-reports");
    Path report = Files.createDirectories(folder).resolve("TEST-org." + test + ".xml");
    Files.writeString(report, "<testsuite>" + cases + "</testsuite>");
    Files.setLastModifiedTime(report, FileTime.from(time));
  }
}
