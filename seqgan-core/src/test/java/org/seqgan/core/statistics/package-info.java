/** Tests of the statistics against published and independently computed figures. */
@NullMarked
package org.seqgan.core.statistics;

import org.jspecify.annotations.NullMarked;
