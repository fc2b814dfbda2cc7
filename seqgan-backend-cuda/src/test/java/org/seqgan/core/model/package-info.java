/** Reference cases of core's models, on this backend. */
@NullMarked
package org.seqgan.core.model;

import org.jspecify.annotations.NullMarked;
