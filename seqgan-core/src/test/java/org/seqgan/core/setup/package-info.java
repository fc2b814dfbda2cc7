/** Tests of what becomes of a user's own data. */
@NullMarked
package org.seqgan.core.setup;

import org.jspecify.annotations.NullMarked;
