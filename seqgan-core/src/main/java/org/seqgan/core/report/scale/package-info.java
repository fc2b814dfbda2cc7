/**
 * How cost grows with size: {@link org.seqgan.core.report.scale.ScaleReport} is the page, {@link
 * org.seqgan.core.report.scale.ScaleTable} its tables, which a terminal shows too.
 */
@NullMarked
package org.seqgan.core.report.scale;

import org.jspecify.annotations.NullMarked;
