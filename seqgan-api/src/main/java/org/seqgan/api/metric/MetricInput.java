package org.seqgan.api.metric;

import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.generator.Policy;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Task;

/**
 * What a metric may look at.
 *
 * @param samples what the generator wrote, or real sequences in their place ({@link StandIn})
 * @param task training, validation and test sequences, vocabulary, and the oracle where there is
 *     one
 * @param generator the model that is measured, to be read
 * @param backend where a metric that trains a model of its own computes; it closes what it makes
 * @param stream random numbers for this measurement
 */
public record MetricInput(
    Sequences samples, Task task, Policy generator, TensorBackend backend, RandomStream stream) {}
