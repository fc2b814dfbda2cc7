@NullMarked
package org.seqgan.core;

import org.jspecify.annotations.NullMarked;
