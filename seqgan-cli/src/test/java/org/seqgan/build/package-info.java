/** What the build does with what its tests left behind. Nothing of it is shipped. */
@NullMarked
package org.seqgan.build;

import org.jspecify.annotations.NullMarked;
