/** The program {@code seqgan}: commands, each a thin layer over {@code seqgan-core}. */
@NullMarked
package org.seqgan.cli;

import org.jspecify.annotations.NullMarked;
