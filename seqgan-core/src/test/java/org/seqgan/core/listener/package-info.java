@NullMarked
package org.seqgan.core.listener;

import org.jspecify.annotations.NullMarked;
