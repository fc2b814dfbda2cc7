/** What {@code seqgan train} shows while it works. */
@NullMarked
package org.seqgan.cli.progress;

import org.jspecify.annotations.NullMarked;
