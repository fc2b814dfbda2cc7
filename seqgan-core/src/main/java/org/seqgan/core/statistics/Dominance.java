package org.seqgan.core.statistics;

import java.util.Optional;

/**
 * One method against another at equal diversity, over seeds.
 *
 * @param range the diversities that all paths of both reach; empty where there are none
 * @param mean the test of the mean quality over that range, the method's less the other's, one
 *     value for each seed
 */
public record Dominance(Optional<Interval> range, TestResult mean) {}
