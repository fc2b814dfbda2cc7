/** Where native libraries are unpacked, and what of that may be loaded. */
@NullMarked
package org.seqgan.backend.dl4j.library;

import org.jspecify.annotations.NullMarked;
