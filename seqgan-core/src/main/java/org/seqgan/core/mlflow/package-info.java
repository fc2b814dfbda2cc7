/**
 * A run as a run of an MLflow tracking server, over its REST interface (version 2.0). {@link
 * org.seqgan.core.mlflow.MlflowClient} speaks it, {@link org.seqgan.core.mlflow.Backlog} keeps its
 * limits.
 */
@NullMarked
package org.seqgan.core.mlflow;

import org.jspecify.annotations.NullMarked;
