package org.seqgan.core.portable;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.task.TaskData;
import org.seqgan.core.io.Sha256;

/**
 * The SHA-256 of data as a model sees them: of training, validation and test sequences in this
 * order the number of sequences, then of each its length and its tokens, all as 32-bit integers,
 * the high byte first. Padding does not count.
 */
final class DataHash {
  private DataHash() {}

  static String of(TaskData data) {
    MessageDigest digest = Sha256.digest();
    ByteBuffer row = ByteBuffer.allocate(Integer.BYTES * (data.sequenceLength() + 1));
    for (Sequences part : List.of(data.training(), data.validation(), data.test())) {
      digest.update(row.clear().putInt(part.count()).flip());
      for (int i = 0; i < part.count(); i++) {
        row.clear().putInt(part.length(i));
        for (int t = 0; t < part.length(i); t++) {
          row.putInt(part.token(i, t));
        }
        digest.update(row.flip());
      }
    }
    return Sha256.hex(digest.digest());
  }
}
