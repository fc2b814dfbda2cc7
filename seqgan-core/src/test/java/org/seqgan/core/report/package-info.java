/** Tests of the report: what is on the page, and that the page stands alone. */
@NullMarked
package org.seqgan.core.report;

import org.jspecify.annotations.NullMarked;
