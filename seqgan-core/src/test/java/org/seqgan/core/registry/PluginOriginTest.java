package org.seqgan.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.plugin.ByteSize;
import org.seqgan.testkit.reference.ReferenceBackendProvider;
import org.seqgan.testkit.reference.ReferenceOptions;

@DisplayName("A plugin's fault")
class PluginOriginTest {
  private final PluginOrigin origin = PluginOrigin.of(PluginKind.REWARD, new FakeRewards.Cadence());

  private static Object failing(Throwable failure) {
    return PluginOriginTest.<RuntimeException>sneaky(failure);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> Object sneaky(Throwable failure) throws E {
    throw (E) failure;
  }

  static Throwable[] faults() {
    return new Throwable[] {
      new IllegalStateException("no table of rhymes"),
      new NullPointerException(),
      new IndexOutOfBoundsException(7),
      new NoClassDefFoundError("com/example/Missing"),
      new ExceptionInInitializerError(new IllegalStateException("bad")),
      new AssertionError("a draw of 2"),
      new IOException("gone")
    };
  }

  @ParameterizedTest
  @MethodSource("faults")
  void isToldWithTheKindTheNameAndTheCause(Throwable failure) {
    assertThatThrownBy(() -> origin.call("create", () -> failing(failure)))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.PLUGIN))
        .hasMessageStartingWith("reward plugin 'cadence' (built in) failed in create: ")
        .hasMessageContaining(failure.getClass().getSimpleName())
        .hasMessageNotContaining("\n")
        .hasCause(failure);
  }

  @Test
  void isToldInOneLineWithTheWholeChainOfCauses() {
    assertThatThrownBy(
            () ->
                origin.run(
                    "reward",
                    () -> {
                      throw new UncheckedIOException("first\nsecond", new IOException("gone"));
                    }))
        .hasMessage(
            "reward plugin 'cadence' (built in) failed in reward: UncheckedIOException: first second:"
                + " IOException: gone; this is a fault of the plugin, tell its author (--stacktrace"
                + " shows where)");
  }

  @Test
  void isNullForAnAnswer() {
    assertThatThrownBy(() -> origin.call("create", () -> null))
        .hasMessage(
            "reward plugin 'cadence' (built in) gave null in create; this is a fault of the plugin,"
                + " tell its author");
  }

  @Test
  void isNotWhatAPluginTellsTheUser() {
    UserException told = new UserException(UserException.Kind.DATA, "rhymes.txt:3: no word");
    assertThatThrownBy(() -> origin.call("create", () -> failing(told))).isSameAs(told);
  }

  @Test
  void isNotMemoryOrStackThatRunsOut() {
    OutOfMemoryError memory = new OutOfMemoryError("Java heap space");
    assertThatThrownBy(() -> origin.call("create", () -> failing(memory))).isSameAs(memory);
    StackOverflowError stack = new StackOverflowError();
    assertThatThrownBy(() -> origin.call("create", () -> failing(stack))).isSameAs(stack);
  }

  @Test
  void thatBeganInsideTheBackendSaysSo() {
    try (TensorBackend backend =
        new ReferenceBackendProvider().open(new ReferenceOptions(new ByteSize(1 << 20)))) {
      Tensor two = backend.allocate(2);
      assertThatThrownBy(
              () -> origin.on(backend).run("reward", () -> backend.read(two, new float[1])))
          .hasMessageStartingWith(
              "reward plugin 'cadence' (built in) failed in reward, inside backend plugin"
                  + " 'reference' (built in): ");
    }
  }

  @Test
  void isNoneOfAPluginThatAnswers() {
    assertThat(origin.<String>call("reward", () -> "one")).isEqualTo("one");
  }
}
