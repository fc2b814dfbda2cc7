/** Tests of run directories: what a reader, a second process and a kill find in them. */
@NullMarked
package org.seqgan.core.run;

import org.jspecify.annotations.NullMarked;
