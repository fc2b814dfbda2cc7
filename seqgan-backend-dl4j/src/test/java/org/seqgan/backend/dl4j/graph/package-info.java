@NullMarked
package org.seqgan.backend.dl4j.graph;

import org.jspecify.annotations.NullMarked;
