/** Text as a terminal shows it: what it must not see, and how wide the rest is. */
@NullMarked
package org.seqgan.core.terminal;

import org.jspecify.annotations.NullMarked;
