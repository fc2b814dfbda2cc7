/**
 * The built-in metrics ({@link org.seqgan.core.metric.BuiltInMetric}), what they are made of
 * (counted n-grams, BLEU, a language model), and how they are chosen ({@link
 * org.seqgan.core.metric.MetricCatalog}) and measured over temperatures ({@link
 * org.seqgan.core.metric.TemperatureSweep}).
 *
 * <p>Of a sequence that ends early, no padding is ever counted, and of its end token there is one
 * rule: what compares texts (BLEU, Self-BLEU, distinct-n, copies) leaves it out, so that an empty
 * text has no token at all; what measures how probable sequences are (NLL, perplexities) counts it
 * as one token more, since a model has to predict it. A score's tokenisation says which it is.
 */
@NullMarked
package org.seqgan.core.metric;

import org.jspecify.annotations.NullMarked;
