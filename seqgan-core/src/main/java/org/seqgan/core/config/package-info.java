/**
 * Strict configuration: HOCON files and command-line overrides become records of options, or one
 * clear line that says what is wrong and where.
 */
@NullMarked
package org.seqgan.core.config;

import org.jspecify.annotations.NullMarked;
