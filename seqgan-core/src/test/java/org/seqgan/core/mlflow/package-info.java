@NullMarked
package org.seqgan.core.mlflow;

import org.jspecify.annotations.NullMarked;
