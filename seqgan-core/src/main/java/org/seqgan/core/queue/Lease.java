package org.seqgan.core.queue;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The right to work on something for as long as it is renewed. To lose it costs work, never a
 * result: nobody else writes into the folder of this attempt, and the first attempt whose folder is
 * moved to the place of the result has ended it. For one thread.
 */
public final class Lease {
  /** The file in the folder of an attempt that its holder renews. */
  static final String RECORD = "lease.json";

  /** How often it is renewed while it lasts: often enough that a few failures cost nothing. */
  private static final int RENEWALS = 6;

  private final SharedFolder folder;
  private final Attempt attempt;
  private final Holder holder;
  private final Duration length;
  private final LongSupplier nanoTime;
  private long count;
  private long writtenAt;
  private long triedAt;
  private boolean lost;
  private boolean over;

  Lease(
      SharedFolder folder, Attempt attempt, Holder holder, Duration length, LongSupplier nanoTime) {
    this.folder = folder;
    this.attempt = attempt;
    this.holder = holder;
    this.length = length;
    this.nanoTime = nanoTime;
  }

  /** Tells the others who has it. */
  void begin() throws IOException {
    writtenAt = nanoTime.getAsLong();
    triedAt = writtenAt;
    write();
  }

  private void write() throws IOException {
    // The time before it is written: what takes long counts as silence.
    long now = nanoTime.getAsLong();
    folder.replace(attempt.record(), record().text());
    count++;
    writtenAt = now;
  }

  private LeaseRecord record() {
    return new LeaseRecord(holder, attempt.number(), length, count);
  }

  /** The attempt that it is for. */
  public Attempt attempt() {
    return attempt;
  }

  /** The folder that is this attempt's alone, relative to the shared one. */
  public String path() {
    return attempt.folder();
  }

  /**
   * Renews it where that is due; to be called often.
   *
   * @return whether it is still held, as far as this process can know
   */
  public boolean renew() {
    long now = nanoTime.getAsLong();
    if (!lost && !over && now - triedAt >= length.toNanos() / RENEWALS) {
      triedAt = now;
      try {
        lost = isTaken();
        if (!lost) {
          write();
        }
      } catch (IOException e) {
        // A server that is away for a while is away for the others too.
        lost = nanoTime.getAsLong() - writtenAt > length.toNanos();
      }
    }
    return !lost;
  }

  /** Whether others go on with it, or have ended it. */
  private boolean isTaken() throws IOException {
    return folder.exists(attempt.free()) || folder.exists(attempt.result());
  }

  /**
   * Makes what lies in the folder of this attempt the result, unless somebody else has it in hand.
   * May be called again after an exception.
   *
   * @return whether this attempt has ended the work; false where the lease was lost
   * @throws IOException where nobody can tell for the moment: the server may have done it, and only
   *     the reply be lost
   */
  public boolean publish() throws IOException {
    if (!lost && !isTaken()) {
      folder.move(attempt.folder(), attempt.result());
      over = true;
      return true;
    }
    over = true;
    lost = !isOurs();
    return !lost;
  }

  /** Whether the result is that of this attempt: the record in it is. */
  private boolean isOurs() throws IOException {
    Optional<LeaseRecord> record =
        folder.read(attempt.result() + "/" + RECORD).flatMap(LeaseRecord::parse);
    return record
        .filter(other -> other.holder().equals(holder) && other.attempt() == attempt.number())
        .isPresent();
  }

  /** Lets others go on with what there is. Nothing may be written into its folder from here on. */
  public void giveBack() throws IOException {
    over = true;
    lost = true;
    folder.make(attempt.free());
  }
}
