package org.seqgan.core.queue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.seqgan.api.random.RandomStream;

/**
 * Workers that share out cells, and what befalls them: they die, stand still for longer than a
 * lease lasts, give back what they have, and are badly served. Their clocks show different times
 * and go at different speeds. The queue and its leases are those of the program.
 */
final class SimulatedMatrix {
  static final Duration LEASE = Duration.ofSeconds(120);
  private static final String PROGRESS = "progress";
  private static final long FIRST_YEAR = Duration.ofDays(365).toNanos();

  /**
   * A world.
   *
   * @param cells how many there are to do
   * @param workers how many work at a time
   * @param steps of each cell, on average, of 20 s each
   * @param deaths how many workers die, as a part of the cells
   * @param givingBack how many of them give back what they have first
   */
  record Shape(int cells, int workers, int steps, double deaths, double givingBack) {}

  private final SimulatedWorld world = new SimulatedWorld();
  private final SimulatedServer server = new SimulatedServer();
  private final Shape shape;
  private final SimulatedServer.Weather weather;
  private final RandomStream root;
  private final List<String> ids;
  private final Map<String, List<Holder>> published = new HashMap<>();
  private long steps;
  private int taken;
  private int lost;
  private int dead;

  SimulatedMatrix(long seed, Shape shape, SimulatedServer.Weather weather) {
    this.root = RandomStream.of(seed);
    this.shape = shape;
    this.weather = weather;
    this.ids = IntStream.range(0, shape.cells()).mapToObj(i -> "cell-" + i + ".x").toList();
  }

  void run() throws Exception {
    for (int i = 0; i < shape.workers(); i++) {
      worker(i, (long) (root.split("start", i).nextUniform() * 1e9));
    }
    world.run();
  }

  private void worker(int number, long start) {
    world.process(start, self -> live(number, self));
  }

  private void live(int number, SimulatedWorld.Process self) {
    RandomStream stream = root.split("worker", number);
    LongSupplier clock = clock(stream);
    SimulatedServer.Client client =
        server.new Client(world, self, weather, stream.split("weather"));
    Holder holder = new Holder("w" + number, "", number, Integer.toString(number));
    WorkQueue queue =
        new WorkQueue(client, ids, holder, LEASE, clock, stream.split("choice")::nextInt);
    boolean mortal = number < shape.cells() * shape.deaths() && stream.nextUniform() < 0.9;
    boolean givesBack = stream.nextUniform() < shape.givingBack();
    long end = Long.MAX_VALUE;
    if (mortal) {
      double work = 40e9 * shape.steps() * shape.cells() / shape.workers();
      end = world.now() + (long) (stream.nextUniform() * work);
      dead++;
      worker(number + shape.workers(), end + Duration.ofSeconds(3).toNanos());
    }
    if (!givesBack) {
      self.dieAt(end);
    }
    work(self, queue, client, holder, stream, end);
  }

  private LongSupplier clock(RandomStream stream) {
    long offset = (long) (stream.nextUniform() * FIRST_YEAR);
    double speed = 0.95 + 0.1 * stream.nextUniform();
    return () -> offset + (long) (world.now() * speed);
  }

  private void work(
      SimulatedWorld.Process self,
      WorkQueue queue,
      SimulatedServer.Client client,
      Holder holder,
      RandomStream stream,
      long end) {
    Duration pause = Duration.ofMillis(100);
    while (!queue.isOver() && world.now() < end) {
      try {
        queue.watch();
        Optional<Lease> lease = queue.take(id -> true);
        if (lease.isPresent()) {
          taken++;
          pause = Duration.ofMillis(100);
          boolean result = run(self, lease.get(), client, holder, stream, end);
          lost += result ? 0 : 1;
          queue.ended(lease.get(), result);
        } else {
          self.sleep(pause);
          pause = pause.compareTo(Duration.ofSeconds(10)) < 0 ? pause.multipliedBy(2) : pause;
        }
      } catch (IOException e) {
        self.sleep(Duration.ofSeconds(1));
      }
    }
  }

  /** Whether this attempt ended the cell. */
  private boolean run(
      SimulatedWorld.Process self,
      Lease lease,
      SimulatedServer.Client client,
      Holder holder,
      RandomStream stream,
      long end) {
    int wanted = steps(lease.attempt().id());
    int done = progressOfEarlier(lease.attempt());
    while (done < wanted) {
      self.sleep(Duration.ofSeconds(20));
      if (world.now() >= end) {
        quietly(self, lease::giveBack);
        return false;
      }
      if (!lease.renew()) {
        return false;
      }
      done++;
      steps++;
      int written = done;
      quietly(self, () -> client.replace(lease.path() + "/" + PROGRESS, "" + written));
    }
    if (!write(self, lease, client, done)) {
      return false;
    }
    while (true) {
      try {
        boolean counts = lease.publish();
        if (counts) {
          published.computeIfAbsent(lease.attempt().id(), id -> new ArrayList<>()).add(holder);
        }
        return counts;
      } catch (IOException e) {
        self.sleep(Duration.ofSeconds(1));
      }
    }
  }

  /** Writes the result into the attempt's own folder; false where the lease is lost meanwhile. */
  private static boolean write(
      SimulatedWorld.Process self, Lease lease, SimulatedServer.Client client, int done) {
    while (lease.renew()) {
      try {
        client.replace(lease.path() + "/" + PROGRESS, "" + done);
        return true;
      } catch (IOException e) {
        self.sleep(Duration.ofSeconds(1));
      }
    }
    return false;
  }

  private interface Doing {
    void run() throws IOException;
  }

  private static void quietly(SimulatedWorld.Process self, Doing doing) {
    try {
      doing.run();
    } catch (IOException e) {
      self.sleep(Duration.ofMillis(100));
    }
  }

  private int steps(String id) {
    return 1 + Math.floorMod(id.hashCode() * 0x9E3779B9, 2 * shape.steps() - 1);
  }

  private int progressOfEarlier(Attempt attempt) {
    int done = 0;
    for (Attempt each = attempt.before(); each.number() > 0; each = each.before()) {
      done =
          Math.max(
              done, server.truth(each.folder() + "/" + PROGRESS).map(Integer::parseInt).orElse(0));
    }
    return done;
  }

  /** What is wrong at the end; empty for nothing. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    for (String id : ids) {
      Integer moves = server.moved().get(WorkQueue.ENDED + "/" + id);
      if (moves == null) {
        faults.add(id + " is lost");
      } else if (moves != 1) {
        faults.add(id + " was finished " + moves + " times");
      }
      List<Holder> holders = published.getOrDefault(id, List.of());
      if (holders.size() > 1) {
        faults.add(id + " was finished by all of " + holders);
      }
      Optional<String> progress = server.truth(WorkQueue.ENDED + "/" + id + "/" + PROGRESS);
      if (!progress.equals(Optional.of(Integer.toString(steps(id))))) {
        faults.add(id + " has the result of " + progress + " steps");
      }
    }
    return faults;
  }

  /** Steps that were done, beside those that a world without failures would do. */
  double wasted() {
    long least = ids.stream().mapToLong(this::steps).sum();
    return steps / (double) least - 1;
  }

  int taken() {
    return taken;
  }

  int lost() {
    return lost;
  }

  int dead() {
    return dead;
  }

  Duration time() {
    return Duration.ofNanos(world.now());
  }

  SimulatedServer server() {
    return server;
  }
}
