package org.seqgan.core.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.UserException;
import org.seqgan.api.task.Proposal;
import org.seqgan.api.task.TaskProvider;
import org.seqgan.core.registry.PluginRegistry;
import org.seqgan.core.setup.FakeTask.NoOptions;

class TaskProposalTest {
  private static final Proposal PROPOSAL =
      new Proposal(
          List.of(new Proposal.Choice("size", 5, "because")), List.of("3 lines"), 3, 5, 20);

  @TempDir private Path folder;
  private Path data;

  @BeforeEach
  void makeData() throws IOException {
    data = Files.writeString(folder.resolve("data.txt"), "x\n");
  }

  @Test
  void theOnlyTaskThatIsForTheDataIsUsed() {
    TaskProposal found = of(new Looking("lines", TaskProposalTest::proposal), declining("tunes"));
    assertThat(found.task()).isEqualTo("lines");
    assertThat(found.proposal()).isEqualTo(PROPOSAL);
  }

  @Test
  void ofSeveralTheUserChooses() {
    Looking lines = new Looking("lines", TaskProposalTest::proposal);
    Looking verses = new Looking("verses", TaskProposalTest::proposal);
    assertThatThrownBy(() -> of(lines, verses))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("lines, verses; choose one with --task NAME");
    PluginRegistry registry = PluginRegistry.of(lines, verses);
    assertThat(TaskProposal.of(registry, data, Optional.of("verses")).task()).isEqualTo("verses");
  }

  @Test
  void whereNoneIsForTheDataThoseThatLookAtDataAreListed() {
    assertThatThrownBy(() -> of(declining("tunes"), new Blind()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("tasks that take your own are tunes (the task tunes)")
        .hasMessageNotContaining("blind");
    assertThatThrownBy(() -> of(new Blind()))
        .hasMessageContaining("no installed task takes a user's own");
  }

  @Test
  void aChosenTaskThatIsNotForTheDataSaysWhatItIsFor() {
    PluginRegistry registry = PluginRegistry.of(declining("tunes"));
    assertThatThrownBy(() -> TaskProposal.of(registry, data, Optional.of("tunes")))
        .hasMessageContaining(
            "task 'tunes' is not for this kind of data; it is for the task tunes");
    assertThatThrownBy(() -> TaskProposal.of(registry, data, Optional.of("tones")))
        .hasMessageContaining("installed are tunes");
  }

  @Test
  void anErrorCountsOnlyWhereNoOtherTaskIsForTheData() {
    Looking broken =
        new Looking(
            "broken",
            () -> {
              throw new UserException(UserException.Kind.DATA, "line 3 is broken");
            });
    assertThat(of(broken, new Looking("lines", TaskProposalTest::proposal)).task())
        .isEqualTo("lines");
    assertThatThrownBy(() -> of(broken, declining("tunes"))).hasMessage("line 3 is broken");
  }

  @Test
  void aPluginThatFailsIsNamed() {
    Looking faulty =
        new Looking(
            "faulty",
            () -> {
              throw new IllegalStateException("oh");
            });
    assertThatThrownBy(() -> of(faulty))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.PLUGIN))
        .hasMessageContaining("task plugin 'faulty' (built in) failed in looking at " + data)
        .hasMessageContaining("IllegalStateException: oh")
        .hasMessageContaining("fault of the plugin");
  }

  @Test
  void dataThatAreNotThereAreAnError() {
    PluginRegistry registry = PluginRegistry.of(declining("tunes"));
    assertThatThrownBy(() -> TaskProposal.of(registry, folder.resolve("none"), Optional.empty()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("expected a file or a folder, found none");
  }

  private TaskProposal of(TaskProvider<?>... providers) {
    return TaskProposal.of(PluginRegistry.of(providers), data, Optional.empty());
  }

  private static Optional<Proposal> proposal() {
    return Optional.of(PROPOSAL);
  }

  private static Looking declining(String name) {
    return new Looking(name, Optional::empty);
  }

  /** A task that says something about data. */
  record Looking(String name, Supplier<Optional<Proposal>> answer) implements FakeTask<NoOptions> {
    @Override
    public Class<NoOptions> optionsType() {
      return NoOptions.class;
    }

    @Override
    public Optional<Proposal> propose(Path path) {
      return answer.get();
    }
  }

  /** A task that says nothing about data. */
  record Blind() implements FakeTask<NoOptions> {
    @Override
    public String name() {
      return "blind";
    }

    @Override
    public Class<NoOptions> optionsType() {
      return NoOptions.class;
    }
  }
}
