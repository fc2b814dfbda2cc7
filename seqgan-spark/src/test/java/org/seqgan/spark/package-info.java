/** Tests of the application for Spark, without Spark; on a cluster it is tested by the program. */
@NullMarked
package org.seqgan.spark;

import org.jspecify.annotations.NullMarked;
