/**
 * From a user's own data to a configuration that trains ({@code seqgan init}): asks the tasks what
 * they make of the data, chooses sizes of models and a schedule, writes the file.
 */
@NullMarked
package org.seqgan.core.setup;

import org.jspecify.annotations.NullMarked;
