/**
 * Memory of the backend {@code dl4j}, and the threads that work on it. Memory is ND4J's ({@link
 * org.seqgan.backend.dl4j.memory.NativeMemory}), kept for reuse by {@link
 * org.seqgan.backend.dl4j.memory.MemoryPool}; {@link org.seqgan.backend.dl4j.memory.Workers} share
 * blocks of work out.
 */
@NullMarked
package org.seqgan.backend.dl4j.memory;

import org.jspecify.annotations.NullMarked;
