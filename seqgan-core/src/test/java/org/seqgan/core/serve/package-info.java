@NullMarked
package org.seqgan.core.serve;

import org.jspecify.annotations.NullMarked;
