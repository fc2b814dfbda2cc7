@NullMarked
package org.seqgan.core.config;

import org.jspecify.annotations.NullMarked;
