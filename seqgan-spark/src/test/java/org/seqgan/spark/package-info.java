/** Tests on real clusters of this machine. */
@NullMarked
package org.seqgan.spark;

import org.jspecify.annotations.NullMarked;
