@NullMarked
package org.seqgan.core.training;

import org.jspecify.annotations.NullMarked;
