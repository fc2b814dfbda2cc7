@NullMarked
package org.seqgan.core.report.chart;

import org.jspecify.annotations.NullMarked;
