@NullMarked
package org.seqgan.core.checked;

import org.jspecify.annotations.NullMarked;
