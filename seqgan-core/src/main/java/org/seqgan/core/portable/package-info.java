/**
 * Models that travel: a trained generator in one file, with all that one needs to use it and all
 * that one should know about it, and as plain files for other programs.
 */
@NullMarked
package org.seqgan.core.portable;

import org.jspecify.annotations.NullMarked;
