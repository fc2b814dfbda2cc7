package org.seqgan.core.run;

import java.nio.file.Path;
import org.seqgan.api.UserException;

/**
 * A file of a run that a later version of this program wrote. What it means is not known, so
 * nothing is fallen back to, and nothing is changed.
 */
final class NewerFormatException extends UserException {
  NewerFormatException(Path file, String found, int known) {
    super(
        Kind.RUN_DIRECTORY,
        "%s is of format %s, this program knows formats up to %d: a later version of it wrote that; use that version, nothing is changed"
            .formatted(file, found, known));
  }
}
