package org.seqgan.core.run;

import org.seqgan.api.metric.Better;

/**
 * What a reader has to know about a metric before believing it.
 *
 * @param name the name it is measured under
 * @param better which way is better
 * @param how how it is computed: on how many sequences, against which references, in which unit
 */
public record MetricNote(String name, Better better, String how) {}
