package org.seqgan.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Leases on a disk")
class LeaseTest {
  private static final Duration LENGTH = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private long now;

  private WorkQueue queue(String name, long clock) {
    return new WorkQueue(
        new FolderOnDisk(folder),
        List.of("a", "b"),
        new Holder(name, "", 1, name),
        LENGTH,
        () -> now + clock,
        bound -> 0);
  }

  private static String id(Optional<Lease> lease) {
    return lease.orElseThrow().attempt().name();
  }

  /** Has a process look until it sees that others are gone. */
  private void silence(WorkQueue queue) throws IOException {
    for (int i = 0; i < 8; i++) {
      now += LENGTH.toNanos() / 4;
      queue.watch();
    }
  }

  @Test
  void eachIsTakenOnceAndInOrder() throws IOException {
    WorkQueue one = queue("one", 0);
    WorkQueue two = queue("two", 5);
    assertThat(id(one.take(id -> true))).isEqualTo("a.1");
    assertThat(id(two.take(id -> true))).isEqualTo("b.1");
    assertThat(one.take(id -> true)).isEmpty();
  }

  @Test
  void theFirstThatPublishesHasEndedIt() throws IOException {
    WorkQueue one = queue("one", 0);
    Lease lease = one.take(id -> true).orElseThrow();
    Files.writeString(folder.resolve(lease.path()).resolve("result"), "found");
    assertThat(lease.publish()).isTrue();
    one.ended(lease, true);
    assertThat(folder.resolve("cells/a/result")).hasContent("found");
    assertThat(folder.resolve("work/a.1")).doesNotExist();
    assertThat(id(one.take(id -> true))).isEqualTo("b.1");
    assertThat(id(queue("two", 0).take(id -> true).or(() -> Optional.of(lease)))).isEqualTo("a.1");
  }

  @Test
  void oneThatIsSilentLosesItAndFindsOutBeforeItPublishes() throws IOException {
    WorkQueue one = queue("one", 0);
    Lease slow = one.take(id -> true).orElseThrow();
    WorkQueue two = queue("two", 1_000_000_000_000L);
    assertThat(id(two.take(id -> true))).isEqualTo("b.1");
    silence(two);
    Lease second = two.take(id -> true).orElseThrow();
    assertThat(second.attempt().name()).isEqualTo("a.2");

    assertThat(slow.publish()).isFalse();
    assertThat(folder.resolve("cells/a")).doesNotExist();
    assertThat(second.publish()).isTrue();
    assertThat(slow.publish()).isFalse();
    assertThat(slow.renew()).isFalse();
  }

  @Test
  void oneThatRenewsKeepsIt() throws IOException {
    WorkQueue one = queue("one", 0);
    Lease lease = one.take(id -> true).orElseThrow();
    WorkQueue two = queue("two", 7);
    assertThat(two.take(id -> true)).isPresent();
    for (int i = 0; i < 40; i++) {
      now += LENGTH.toNanos() / 4;
      assertThat(lease.renew()).isTrue();
      two.watch();
    }
    assertThat(two.take(id -> true)).isEmpty();
  }

  @Test
  void whatIsGivenBackIsOpenAtOnce() throws IOException {
    Lease lease = queue("one", 0).take(id -> true).orElseThrow();
    lease.giveBack();
    assertThat(lease.publish()).isFalse();
    assertThat(id(queue("two", 0).take(id -> true))).isEqualTo("a.2");
  }

  @Test
  void aClaimWithoutARecordIsOpenAfterASilence() throws IOException {
    Files.createDirectories(folder.resolve("work/a.1"));
    Files.createDirectories(folder.resolve("work/b.1"));
    Files.writeString(folder.resolve("work/b.1/lease.json"), "{\"holder\":");
    WorkQueue one = queue("one", 0);
    assertThat(one.take(id -> true)).isEmpty();
    silence(one);
    silence(one);
    assertThat(id(one.take(id -> true))).isEqualTo("a.2");
    assertThat(id(one.take(id -> true))).isEqualTo("b.2");
  }

  @Test
  void aProcessOfThisMachineThatIsGoneNeedsNoWaitingFor() throws IOException, InterruptedException {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Holder here = new Holder("here", "m", ProcessHandle.current().pid(), "x");
    assertThat(here.knowsDead(new Holder("gone", "m", gone.pid(), "y"))).isTrue();
    assertThat(here.knowsDead(here)).isFalse();
    assertThat(here.knowsDead(new Holder("elsewhere", "n", gone.pid(), "y"))).isFalse();
  }

  @Test
  void whatHasEndedCanBeOpenedAgain() throws IOException {
    WorkQueue one = queue("one", 0);
    Lease lease = one.take(id -> true).orElseThrow();
    assertThat(lease.publish()).isTrue();
    one.ended(lease, true);
    one.reopen("a");
    assertThat(folder.resolve("cells/a")).doesNotExist();
    assertThat(id(queue("two", 0).take(id -> true))).isEqualTo("a.2");
  }

  @Test
  void aFolderIsNotMovedOverAnother() throws IOException {
    FolderOnDisk disk = new FolderOnDisk(folder);
    Files.createDirectories(folder.resolve("from/x"));
    Files.createDirectories(folder.resolve("to/y"));
    assertThatThrownBy(() -> disk.move("from", "to")).isInstanceOf(IOException.class);
    assertThat(folder.resolve("from/x")).exists();
    assertThat(disk.make("to")).isFalse();
  }
}
