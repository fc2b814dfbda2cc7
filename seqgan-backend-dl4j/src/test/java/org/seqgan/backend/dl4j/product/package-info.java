@NullMarked
package org.seqgan.backend.dl4j.product;

import org.jspecify.annotations.NullMarked;
