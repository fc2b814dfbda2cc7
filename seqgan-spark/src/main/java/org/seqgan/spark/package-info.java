/**
 * The cells of a matrix as the tasks of an Apache Spark job: {@link org.seqgan.spark.SparkMatrix}
 * is the application, {@link org.seqgan.spark.CellTask} what an executor does, {@link
 * org.seqgan.spark.MatrixStore} the matrix in a Hadoop file system.
 *
 * <p>Nothing of seqgan is loaded into a virtual machine of Spark's, which has libraries of its own;
 * everything is asked of the program {@code seqgan}, in processes beside it.
 */
@NullMarked
package org.seqgan.spark;

import org.jspecify.annotations.NullMarked;
