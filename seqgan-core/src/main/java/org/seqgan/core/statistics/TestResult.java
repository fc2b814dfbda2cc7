package org.seqgan.core.statistics;

/** What a test of two samples gives, before any correction for many comparisons. */
public sealed interface TestResult permits WelchTest, NotTestable {}
