/** Holds the interfaces of this module against those of its last release. */
@NullMarked
package org.seqgan.api.signature;

import org.jspecify.annotations.NullMarked;
