@NullMarked
package org.seqgan.core.terminal;

import org.jspecify.annotations.NullMarked;
