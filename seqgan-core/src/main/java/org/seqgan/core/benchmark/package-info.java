/**
 * How fast the algorithm's steps are at the sizes of the paper: {@link
 * org.seqgan.core.benchmark.StandardWorkload} times them, on any backend. {@link
 * org.seqgan.core.benchmark.ScaleWorkload} times them as one size after another grows.
 */
@NullMarked
package org.seqgan.core.benchmark;

import org.jspecify.annotations.NullMarked;
