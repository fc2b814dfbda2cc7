/** Drawings in SVG: curves over steps, scatter plots, and tunes. */
@NullMarked
package org.seqgan.core.report.chart;

import org.jspecify.annotations.NullMarked;
