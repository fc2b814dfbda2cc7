/**
 * The built-in metrics ({@link org.seqgan.core.metric.BuiltInMetric}), what they are made of
 * (counted n-grams, BLEU, a language model), and how they are chosen ({@link
 * org.seqgan.core.metric.MetricCatalog}) and measured over temperatures ({@link
 * org.seqgan.core.metric.TemperatureSweep}).
 */
@NullMarked
package org.seqgan.core.metric;

import org.jspecify.annotations.NullMarked;
