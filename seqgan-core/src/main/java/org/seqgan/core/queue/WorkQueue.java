package org.seqgan.core.queue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Work in a shared folder, as one of the processes that do it sees it. What is under way has a
 * folder {@code work/ID.NUMBER} for each {@link Attempt}; what has ended has the folder {@code
 * cells/ID}, which was that of one attempt.
 *
 * <p>Processes that are gone are noticed by their silence: a {@link Lease} whose record has not
 * changed for as long as it says, by the clock of whoever looks, is over. For one thread.
 */
public final class WorkQueue {
  /** The folder of what is under way. */
  public static final String WORK = "work";

  /** The folder of what has ended. */
  public static final String ENDED = "cells";

  /** How many leases of others a process looks at. */
  private static final int WATCHED = 8;

  /** How often it does while a lease lasts. */
  private static final int LOOKS = 4;

  private final SharedFolder folder;
  private final Holder holder;
  private final Duration length;
  private final LongSupplier nanoTime;
  private final IntUnaryOperator choice;
  private final Set<String> pending;
  private final Map<Attempt, Silence> watched = new LinkedHashMap<>();
  private List<Attempt> toWatch = new ArrayList<>();
  private Map<String, Attempt.Found> latest = new HashMap<>();
  private final Set<Attempt> ours = new HashSet<>();
  private long watchedAt;
  private long listedAt;

  /** Since when a record has been the same. */
  private record Silence(String text, long since) {}

  /**
   * A queue of work.
   *
   * @param ids names of folders, what is to be begun first
   * @param length for how long a lease of this process lasts without being renewed
   * @param nanoTime a clock that nobody sets, as {@link System#nanoTime()}
   * @param choice a random number from 0 that is lower than what it is given
   */
  public WorkQueue(
      SharedFolder folder,
      Collection<String> ids,
      Holder holder,
      Duration length,
      LongSupplier nanoTime,
      IntUnaryOperator choice) {
    this.folder = folder;
    this.pending = new LinkedHashSet<>(ids);
    this.holder = holder;
    this.length = length;
    this.nanoTime = nanoTime;
    this.choice = choice;
    this.watchedAt = nanoTime.getAsLong();
    this.listedAt = watchedAt;
  }

  /** What has not ended, as far as this process knows. */
  public Set<String> pending() {
    return Collections.unmodifiableSet(pending);
  }

  /** Whether nothing is left to do or to wait for. */
  public boolean isOver() {
    return pending.isEmpty();
  }

  /** Looks what there is. */
  public void look() throws IOException {
    lookAtWork();
    // After the attempts: what ends meanwhile is in one of the two.
    pending.removeAll(folder.list(ENDED));
    latest.keySet().retainAll(pending);
  }

  private void lookAtWork() throws IOException {
    Map<String, Attempt.Found> found = new HashMap<>();
    for (String name : folder.list(WORK)) {
      Attempt.parse(name).ifPresent(one -> found.merge(one.attempt().id(), one, WorkQueue::later));
    }
    latest = found;
    listedAt = nanoTime.getAsLong();
  }

  private static Attempt.Found later(Attempt.Found one, Attempt.Found other) {
    int order = Integer.compare(one.attempt().number(), other.attempt().number());
    if (order != 0) {
      return order > 0 ? one : other;
    }
    return one.isFree() ? one : other;
  }

  /** The attempts under way when this process looked last, its own among them. */
  public List<Attempt> underWay() {
    return latest.values().stream()
        .filter(found -> !found.isFree())
        .map(Attempt.Found::attempt)
        .toList();
  }

  /** What the holder of an attempt wrote; empty where there is nothing, or nothing whole. */
  public Optional<LeaseRecord> record(Attempt attempt) throws IOException {
    return folder.read(attempt.record()).flatMap(LeaseRecord::parse);
  }

  /**
   * Takes what nobody works on, nearly in order: the first, but after each that another process was
   * quicker to take it chooses among twice as many, so that many processes do not meet again and
   * again.
   *
   * @param isWanted which of the ids may be taken
   * @return empty where there is nothing to take at the moment
   */
  public Optional<Lease> take(Predicate<String> isWanted) throws IOException {
    look();
    List<String> open = new ArrayList<>();
    for (String id : pending) {
      Attempt.Found found = latest.get(id);
      if ((found == null || found.isFree()) && isWanted.test(id)) {
        open.add(id);
      }
    }
    for (int window = 1; !open.isEmpty(); window = Math.min(2 * window, 1 << 20)) {
      String id = open.remove(choice.applyAsInt(Math.min(window, open.size())));
      Attempt.Found before = latest.get(id);
      Attempt attempt = before == null ? new Attempt(id, 1) : before.attempt().next();
      Optional<Lease> lease = take(attempt);
      if (lease.isPresent()) {
        return lease;
      }
    }
    return Optional.empty();
  }

  private Optional<Lease> take(Attempt attempt) throws IOException {
    // What was listed may be old: its attempts may be gone because it has ended.
    if (hasEnded(attempt) || !folder.make(attempt.folder())) {
      return Optional.empty();
    }
    Lease lease = new Lease(folder, attempt, holder, length, nanoTime);
    try {
      lease.begin();
    } catch (IOException e) {
      forget(attempt, e);
      throw e;
    }
    if (hasEnded(attempt)) {
      folder.delete(attempt.folder());
      return Optional.empty();
    }
    ours.add(attempt);
    latest.put(attempt.id(), new Attempt.Found(attempt, false));
    return Optional.of(lease);
  }

  /** Nobody has worked there, and without a record others would wait for nothing. */
  private void forget(Attempt attempt, IOException reason) {
    try {
      folder.delete(attempt.folder());
    } catch (IOException e) {
      reason.addSuppressed(e); // they will notice that nobody renews it
    }
  }

  private boolean hasEnded(Attempt attempt) throws IOException {
    boolean ended = folder.exists(attempt.result());
    if (ended) {
      pending.remove(attempt.id());
    }
    return ended;
  }

  /** To be called when a lease of this queue is over, in whatever way. */
  public void ended(Lease lease, boolean withResult) {
    ours.remove(lease.attempt());
    if (withResult) {
      pending.remove(lease.attempt().id());
    }
  }

  // ---- those that are gone ----

  /**
   * Looks at some leases of others where that is due, and frees those that are over; to be called
   * often.
   */
  public void watch() throws IOException {
    long now = nanoTime.getAsLong();
    if (now - watchedAt < length.toNanos() / LOOKS) {
      return;
    }
    watchedAt = now;
    if (toWatch.isEmpty()) {
      if (now - listedAt > 2 * length.toNanos()) {
        lookAtWork();
      }
      toWatch = new ArrayList<>(underWay());
      toWatch.removeAll(watched.keySet());
    }
    watched.keySet().removeIf(attempt -> !isUnderWay(attempt));
    for (Map.Entry<Attempt, Silence> one : List.copyOf(watched.entrySet())) {
      if (judge(one.getKey(), one.getValue())) {
        watched.remove(one.getKey());
      }
    }
    while (watched.size() < WATCHED && !toWatch.isEmpty()) {
      Attempt next = toWatch.remove(choice.applyAsInt(toWatch.size()));
      if (!ours.contains(next)) {
        String text = folder.read(next.record()).orElse("");
        if (isOfTheDead(LeaseRecord.parse(text))) {
          free(next);
        } else {
          watched.put(next, new Silence(text, nanoTime.getAsLong()));
        }
      }
    }
  }

  private boolean isUnderWay(Attempt attempt) {
    Attempt.Found found = latest.get(attempt.id());
    return found != null && !found.isFree() && found.attempt().equals(attempt);
  }

  /** Whether there is no more to watch: it was renewed, or is over. */
  private boolean judge(Attempt attempt, Silence before) throws IOException {
    String text = folder.read(attempt.record()).orElse("");
    if (!text.equals(before.text())) {
      return true;
    }
    Optional<LeaseRecord> record = LeaseRecord.parse(text);
    Duration patience = record.map(LeaseRecord::length).orElse(length);
    if (Duration.ofNanos(nanoTime.getAsLong() - before.since()).compareTo(patience) <= 0) {
      return false;
    }
    if (folder.exists(attempt.folder())) {
      free(attempt);
    }
    return true;
  }

  private boolean isOfTheDead(Optional<LeaseRecord> record) {
    return record.filter(one -> holder.knowsDead(one.holder())).isPresent();
  }

  private void free(Attempt attempt) throws IOException {
    folder.make(attempt.free());
    latest.computeIfPresent(
        attempt.id(),
        (id, found) -> found.attempt().equals(attempt) ? new Attempt.Found(attempt, true) : found);
  }

  /** Frees at once what processes of this machine held that are no more. */
  public void freeWhatTheDeadHeld() throws IOException {
    look();
    for (Attempt attempt : underWay()) {
      if (isOfTheDead(record(attempt))) {
        free(attempt);
      }
    }
  }

  /**
   * Opens again what has ended. What lies there is an attempt that is over, from which the next
   * goes on.
   */
  public void reopen(String id) throws IOException {
    lookAtWork();
    Attempt.Found last = latest.get(id);
    Attempt attempt = last == null ? new Attempt(id, 1) : last.attempt().next();
    while (folder.exists(attempt.folder())) {
      attempt = attempt.next();
    }
    folder.move(attempt.result(), attempt.folder());
    free(attempt);
    pending.add(id);
  }
}
