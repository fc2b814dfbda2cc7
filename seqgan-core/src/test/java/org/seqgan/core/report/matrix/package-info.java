@NullMarked
package org.seqgan.core.report.matrix;

import org.jspecify.annotations.NullMarked;
