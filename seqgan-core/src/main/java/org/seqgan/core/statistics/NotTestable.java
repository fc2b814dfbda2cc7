package org.seqgan.core.statistics;

/**
 * Two samples of which no test can say anything.
 *
 * @param reason why, in words that follow "not testable: "
 */
public record NotTestable(String reason) implements TestResult, Outcome {}
