@NullMarked
package org.seqgan.core.text;

import org.jspecify.annotations.NullMarked;
