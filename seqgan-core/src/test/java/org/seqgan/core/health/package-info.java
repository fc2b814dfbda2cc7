@NullMarked
package org.seqgan.core.health;

import org.jspecify.annotations.NullMarked;
