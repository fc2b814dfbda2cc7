package org.seqgan.core.report.matrix;

import com.fasterxml.jackson.annotation.JsonValue;

/** The figures of a row of a matrix's table, in the order of the columns of {@code summary.csv}. */
public enum Figure {
  /** How many seeds ended well. */
  SEEDS("seeds"),
  /** How many seeds failed. */
  FAILED("failed"),
  /** The mean over seeds. */
  MEAN("mean"),
  /** The sample standard deviation over seeds. */
  SD("sd"),
  /** The lower end of the 95% interval of the mean. */
  CI_LOW("ci-low"),
  /** The upper end of the 95% interval of the mean. */
  CI_HIGH("ci-high"),
  /** What a publication gives for the mean. */
  PUBLISHED("published"),
  /** The mean less that of the baseline. */
  DIFFERENCE("difference"),
  /** The lower end of the 95% interval of the difference. */
  DIFFERENCE_LOW("difference-low"),
  /** The upper end of the 95% interval of the difference. */
  DIFFERENCE_HIGH("difference-high"),
  /** Welch's t of the difference. */
  T("t"),
  /** The degrees of freedom of Welch's test. */
  DF("df"),
  /** The p of Welch's test. */
  P("p"),
  /** The same, by Holm's correction for all comparisons of the table. */
  P_HOLM("p-holm"),
  /** How many more seeds would tell, where the test does not. */
  MORE_SEEDS("more-seeds"),
  /** The p of the paper's test, over the sequences of one run. */
  PAPER_P_PER_SEQUENCE("paper-p-per-sequence");

  private final String key;

  Figure(String key) {
    this.key = key;
  }

  /** What files and JSON call it. */
  @JsonValue
  public String key() {
    return key;
  }
}
