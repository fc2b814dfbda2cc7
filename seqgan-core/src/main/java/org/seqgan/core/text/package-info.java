/** Text as a terminal shows it: what it must not see, and how wide the rest is. */
@NullMarked
package org.seqgan.core.text;

import org.jspecify.annotations.NullMarked;
