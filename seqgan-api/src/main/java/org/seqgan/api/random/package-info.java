/**
 * Counter-based random numbers, specified bit for bit, so that every backend draws the same ones. A
 * {@link org.seqgan.api.random.RandomStream} belongs to a purpose; {@link
 * org.seqgan.api.random.RandomDraws} are a range of its counters, which a backend turns into
 * numbers wherever it likes.
 */
@NullMarked
package org.seqgan.api.random;

import org.jspecify.annotations.NullMarked;
