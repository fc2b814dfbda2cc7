@NullMarked
package org.seqgan.core.portable;

import org.jspecify.annotations.NullMarked;
