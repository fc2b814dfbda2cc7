@NullMarked
package org.seqgan.core.tensorboard;

import org.jspecify.annotations.NullMarked;
