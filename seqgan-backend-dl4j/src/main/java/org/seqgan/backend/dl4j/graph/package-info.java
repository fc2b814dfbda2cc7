/**
 * Networks of DeepLearning4J as models: discriminator and generator {@code dl4j-graph}. A {@link
 * org.seqgan.backend.dl4j.graph.GraphFile} is read into a {@code ComputationGraph} of DL4J's, which
 * computes in ND4J's memory, beside whatever backend the rest of a run is on, and is trained by the
 * updaters of its own configuration.
 */
@NullMarked
package org.seqgan.backend.dl4j.graph;

import org.jspecify.annotations.NullMarked;
