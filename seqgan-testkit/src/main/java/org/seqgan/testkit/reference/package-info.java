/**
 * The reference backend: plain loops over arrays, with double-precision sums. It is what other
 * backends are compared with, and the shortest example of how to write one.
 */
@NullMarked
package org.seqgan.testkit.reference;

import org.jspecify.annotations.NullMarked;
