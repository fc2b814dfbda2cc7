/** The program on real clusters of this machine. */
@NullMarked
package org.seqgan.cli.cluster;

import org.jspecify.annotations.NullMarked;
