@NullMarked
package org.seqgan.core.experiment;

import org.jspecify.annotations.NullMarked;
