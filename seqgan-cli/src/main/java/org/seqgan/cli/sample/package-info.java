/** Sequences as lines of a format: what {@code sample} prints and {@code serve} answers. */
@NullMarked
package org.seqgan.cli.sample;

import org.jspecify.annotations.NullMarked;
