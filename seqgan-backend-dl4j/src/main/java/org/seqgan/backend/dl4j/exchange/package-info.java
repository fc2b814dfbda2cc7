/**
 * Our models as graphs of DeepLearning4J: format {@code dl4j} of {@code seqgan export} and {@code
 * seqgan import}. A kind of model that can travel is a {@link
 * org.seqgan.backend.dl4j.exchange.GraphCodec}: it builds a graph of standard layers and vertices
 * whose outputs are those of the model, and reads it back.
 */
@NullMarked
package org.seqgan.backend.dl4j.exchange;

import org.jspecify.annotations.NullMarked;
