/** The built-in trainers: a method in one file, beside its equations. They use the API alone. */
@NullMarked
package org.seqgan.core.trainer;

import org.jspecify.annotations.NullMarked;
