package org.seqgan.api.backend;

/**
 * A backend's own account of its memory.
 *
 * @param liveBytes held by tensors whose scope is open
 * @param peakBytes the most that {@code liveBytes} has been
 * @param pooledBytes kept for reuse, held by no tensor
 * @param liveTensors how many tensors are held by open scopes
 */
public record MemoryUse(long liveBytes, long peakBytes, long pooledBytes, long liveTensors) {}
