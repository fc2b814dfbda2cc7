/** What ended a command or a run, in words that its user can act on. */
@NullMarked
package org.seqgan.core.failure;

import org.jspecify.annotations.NullMarked;
