/**
 * The report of a run: one page of HTML that needs nothing else, for a screen of any size and for
 * paper. {@link org.seqgan.core.report.RunReport} is all that others use.
 */
@NullMarked
package org.seqgan.core.report;

import org.jspecify.annotations.NullMarked;
