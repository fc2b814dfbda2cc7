@NullMarked
package org.seqgan.core.explain;

import org.jspecify.annotations.NullMarked;
