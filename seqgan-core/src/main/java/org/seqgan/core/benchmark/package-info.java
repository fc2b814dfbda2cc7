/**
 * How fast the algorithm's steps are at the sizes of the paper: {@link
 * org.seqgan.core.benchmark.StandardWorkload} times them, on any backend.
 */
@NullMarked
package org.seqgan.core.benchmark;

import org.jspecify.annotations.NullMarked;
