@NullMarked
package org.seqgan.core.report.run;

import org.jspecify.annotations.NullMarked;
