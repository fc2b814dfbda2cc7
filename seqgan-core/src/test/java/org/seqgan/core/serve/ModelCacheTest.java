package org.seqgan.core.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.data.Sequences;
import org.seqgan.core.SampleRequest;
import org.seqgan.core.SeqGan;
import org.seqgan.core.SequenceModel;

@DisplayName("Models that many draw from")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class ModelCacheTest {
  private static final List<String> SMALL =
      List.of(
          "backend=reference",
          "task.vocabulary-size=12",
          "task.sequence-length=6",
          "task.embedding-size=4",
          "task.hidden-size=4",
          "task.training-sequences=32",
          "task.test-sequences=16",
          "task.validation-sequences=8",
          "generator.embedding-size=4",
          "generator.hidden-size=4",
          "training.batch-size=16",
          "training.generator-pretraining.epochs=2",
          "training.discriminator-pretraining.rounds=0",
          "training.adversarial.rounds=0",
          "evaluation.samples=16");
  private static final ServingLimits LIMITS = new ServingLimits(100, 16, Duration.ofSeconds(50));

  private final SeqGan seqgan = SeqGan.create();
  private final ServingFigures figures = new ServingFigures();
  private final Map<String, Path> places = new LinkedHashMap<>();
  private long bytes;

  @BeforeAll
  void train(@TempDir Path folder) throws InterruptedException {
    Path run = folder.resolve("run");
    seqgan.train("quickstart", SMALL, run, event -> {}, () -> false);
    places.put("run", run);
    try (SequenceModel model = seqgan.open(run)) {
      for (String name : List.of("one", "two")) {
        Path file = folder.resolve(name + ".seqgan");
        model.export(file, false);
        places.put(name, file);
      }
    }
    try (ModelCache cache = cache(1 << 20, LIMITS);
        ModelCache.Lease lease = cache.hold("run")) {
      bytes = lease.model().bytes();
    }
  }

  private ModelCache cache(long mostBytes, ServingLimits limits) {
    return new ModelCache(places, seqgan.plugins(), mostBytes, limits, figures, () -> 5);
  }

  private static GenerationRequest request(int count, long seed) {
    return new GenerationRequest(0, count, List.of(), Decoding.SAMPLE, seed);
  }

  private static List<List<Integer>> all(Generation generation) throws InterruptedException {
    List<List<Integer>> rows = new ArrayList<>();
    try (generation) {
      for (Optional<Sequences> next = generation.next();
          next.isPresent();
          next = generation.next()) {
        for (int i = 0; i < next.get().count(); i++) {
          rows.add(Arrays.stream(next.get().row(i)).boxed().toList());
        }
      }
    }
    return rows;
  }

  // ---- what is drawn ----

  @Test
  void eachOfManyGetsWhatItGetsAlone() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(24);
    try (ModelCache cache = cache(1 << 20, LIMITS);
        ModelCache.Lease lease = cache.hold("one");
        SequenceModel alone = seqgan.open(places.get("one"))) {
      List<Integer> beginning = lease.model().beginning("3 1");
      List<Future<List<List<Integer>>>> given = new ArrayList<>();
      for (int i = 0; i < 48; i++) {
        GenerationRequest request =
            new GenerationRequest(
                0,
                1 + i % 7 * 9,
                i % 3 == 0 ? beginning : List.of(),
                i % 2 == 0 ? Decoding.SAMPLE : new Decoding(0.8f, 7, 0.9f),
                i / 2);
        given.add(clients.submit(() -> all(lease.model().draw(request))));
      }
      for (int i = 0; i < given.size(); i++) {
        SampleRequest request =
            SampleRequest.of(1 + i % 7 * 9)
                .withSeed(i / 2)
                .with(i % 2 == 0 ? Decoding.SAMPLE : new Decoding(0.8f, 7, 0.9f));
        assertThat(given.get(i).get())
            .isEqualTo(
                alone.sample(i % 3 == 0 ? request.startingWith("3 1") : request).stream()
                    .map(sequence -> sequence.tokens())
                    .toList());
      }
    } finally {
      clients.shutdownNow();
    }
    assertThat(figures.rows().read().count()).isPositive();
    assertThat(figures.sequences().sum()).isGreaterThanOrEqualTo(48 * 28);
  }

  @Test
  void whoAsksForManyLeavesRoomForOthers() throws Exception {
    try (ModelCache cache = cache(1 << 20, LIMITS);
        ModelCache.Lease lease = cache.hold("run");
        Generation many = lease.model().draw(request(100_000, 1))) {
      assertThat(many.next().orElseThrow().count()).isEqualTo(16);
      assertThat(all(lease.model().draw(request(3, 2)))).hasSize(3);
      assertThat(many.next()).isPresent();
    }
  }

  @Test
  void whoChoosesNoSeedGetsSequencesThatNobodyHad() throws Exception {
    try (ModelCache cache = cache(1 << 20, LIMITS);
        ModelCache.Lease lease = cache.hold("one")) {
      ServedModel model = lease.model();
      assertThat(model.fresh(3)).isEqualTo(new ServedModel.Range(5, 0));
      assertThat(model.fresh(2)).isEqualTo(new ServedModel.Range(5, 3));
      assertThat(model.fresh((1 << 20) - 5)).isEqualTo(new ServedModel.Range(5, 5));
      assertThat(model.fresh(1)).as("of the next seed").isEqualTo(new ServedModel.Range(5, 0));
      assertThat(model.fresh(1 << 24)).isEqualTo(new ServedModel.Range(5, 0));
      assertThat(model.fresh(1)).isEqualTo(new ServedModel.Range(5, 0));
      GenerationRequest later = new GenerationRequest(7, 20, List.of(), Decoding.SAMPLE, 5);
      assertThat(all(model.draw(later))).isEqualTo(all(model.draw(request(27, 5))).subList(7, 27));
    }
  }

  // ---- bounds ----

  @Test
  void aFullQueueRefusesUntilThereIsRoom() throws Exception {
    ServingLimits two = new ServingLimits(2, 1, Duration.ofSeconds(50));
    try (ModelCache cache = cache(1 << 20, two);
        ModelCache.Lease lease = cache.hold("run")) {
      ServedModel model = lease.model();
      long refused = figures.refused().sum();
      try (Generation first = model.draw(request(1_000_000, 1))) {
        Generation second = model.draw(request(1_000_000, 2));
        assertThat(first.next()).isPresent();
        assertThat(
                catchThrowableOfType(RefusedException.class, () -> draw(model, request(1, 3)))
                    .reason())
            .isEqualTo(RefusedException.Reason.FULL);
        assertThat(figures.refused().sum()).isEqualTo(refused + 1);
        second.close();
        assertThat(all(model.draw(request(1, 3)))).hasSize(1);
      }
    }
  }

  /** A row of those of a model that draws one at a time may be under way: tried until refused. */
  private static void draw(ServedModel model, GenerationRequest request) {
    for (int i = 0; i < 3; i++) {
      model.draw(request);
    }
  }

  @Test
  void whatTakesTooLongIsToldAndDropped() throws Exception {
    ServingLimits brief = new ServingLimits(4, 1, Duration.ofMillis(30));
    try (ModelCache cache = cache(1 << 20, brief);
        ModelCache.Lease lease = cache.hold("run");
        Generation many = lease.model().draw(request(50_000_000, 1))) {
      RefusedException late =
          catchThrowableOfType(
              RefusedException.class,
              () -> {
                while (many.next().isPresent()) {
                  // Until it is too late.
                }
              });
      assertThat(late.reason()).isEqualTo(RefusedException.Reason.LATE);
      assertThat(late).hasMessageContaining("of 50000000 sequences were drawn in time");
    }
  }

  // ---- the cache ----

  @Test
  void theLeastUsedGoesAndIsClosedWhenNobodyHoldsIt() throws Exception {
    try (ModelCache cache = cache(2 * bytes + bytes / 2, LIMITS)) {
      long opened = figures.opened().sum();
      long evicted = figures.evicted().sum();
      try (ModelCache.Lease run = cache.hold("run")) {
        cache.hold("one").close();
        cache.hold("one").close();
        cache.hold("two").close();
        cache.hold("two").close();
        cache.hold("one").close();
        assertThat(figures.evicted().sum()).isGreaterThan(evicted);
        assertThat(all(run.model().draw(request(2, 1)))).as("it is held").hasSize(2);
      }
      assertThat(figures.opened().sum()).isGreaterThanOrEqualTo(opened + 3);
      long open = cache.names().stream().filter(cache::isOpen).count();
      assertThat(open).isEqualTo(2);
      assertThat(cache.about())
          .extracting(ServedModel.About::name)
          .containsExactly("run", "one", "two");
      try (ModelCache.Lease again = cache.hold("run")) {
        assertThat(all(again.model().draw(request(2, 1)))).hasSize(2);
      }
    }
  }

  @Test
  void manyWhoAskAtOnceOpenItOnce() throws Exception {
    long opened = figures.opened().sum();
    ExecutorService clients = Executors.newFixedThreadPool(8);
    try (ModelCache cache = cache(1 << 20, LIMITS)) {
      List<Future<Integer>> given = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        given.add(
            clients.submit(
                () -> {
                  try (ModelCache.Lease lease = cache.hold("two")) {
                    return all(lease.model().draw(request(2, 1))).size();
                  }
                }));
      }
      for (Future<Integer> one : given) {
        assertThat(one.get()).isEqualTo(2);
      }
    } finally {
      clients.shutdownNow();
    }
    assertThat(figures.opened().sum()).isEqualTo(opened + 1);
  }

  @Test
  void aModelThatNeverFitsIsToldSo() {
    try (ModelCache cache = cache(100, LIMITS)) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> cache.hold("one"))
            .isInstanceOf(UserException.class)
            .hasMessageContaining("model one has")
            .hasMessageContaining("raise --cache");
      }
    }
  }

  @Test
  void whatCannotBeOpenedIsTriedAgain(@TempDir Path folder) throws Exception {
    Map<String, Path> late = Map.of("late", folder.resolve("late.seqgan"));
    try (ModelCache cache =
        new ModelCache(late, seqgan.plugins(), 1 << 20, LIMITS, figures, () -> 5)) {
      assertThatThrownBy(() -> cache.hold("late")).isInstanceOf(UserException.class);
      Files.copy(places.get("one"), folder.resolve("late.seqgan"));
      cache.hold("late").close();
    }
  }

  @Test
  void nothingIsOpenedAfterTheEnd() {
    ModelCache cache = cache(1 << 20, LIMITS);
    cache.close();
    assertThat(catchThrowableOfType(RefusedException.class, () -> cache.hold("one")).reason())
        .isEqualTo(RefusedException.Reason.STOPPING);
  }
}
