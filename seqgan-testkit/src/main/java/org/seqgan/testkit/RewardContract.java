package org.seqgan.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.discriminator.Scorer;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.reward.Reward;
import org.seqgan.api.reward.RewardContext;
import org.seqgan.api.reward.RewardRequest;
import org.seqgan.api.task.Task;
import org.seqgan.testkit.reference.ReferenceBackend;
import org.seqgan.testkit.reference.ReferenceOptions;

/**
 * What every reward must do. Extend it and implement {@link #create}; say what yours {@link
 * #lacks}.
 *
 * <p>The sequences are random, of one length and of several; the roll-out policy draws some tokens
 * more often than others, and the discriminator gives each sequence a number of its own. All random
 * numbers come from one seed, see {@link ContractSeed}.
 */
@ExtendWith(ContractSeed.class)
public abstract class RewardContract {
  private static final int TIME = 5;
  private static final List<Vocabulary> VOCABULARIES =
      List.of(Vocabulary.fixedLength(4, 0), new Vocabulary(4, 1, OptionalInt.of(3)));

  private TensorBackend backend;

  /** What a reward may lack. */
  public enum Capability {
    /** Tokens get different rewards. Without, it says that it {@link Reward#isConstant}. */
    VARIES,

    /** It has a {@link Reward#state}. Without, it refuses one. */
    REMEMBERS
  }

  /** A new reward, the same for equal contexts. */
  protected abstract Reward create(RewardContext context);

  /**
   * What this reward does not do. The contract then requires that it does not: a declaration that
   * is not true fails.
   */
  protected Set<Capability> lacks() {
    return Set.of(Capability.REMEMBERS);
  }

  @BeforeEach
  final void openTheBackend() {
    backend = new ReferenceBackend(ReferenceOptions.defaults());
  }

  @AfterEach
  final void leavesNothingInTheBackend() {
    try (TensorBackend closing = backend) {
      assertThat(closing.memory().liveTensors()).as("tensors left").isZero();
    }
  }

  private boolean has(Capability capability) {
    return !lacks().contains(capability);
  }

  /** What is asked of a reward of one task. */
  private record World(Task task) {
    static World of(Vocabulary vocabulary) {
      return new World(DrawnTask.of(vocabulary, TIME, false, ContractSeed.stream("task")));
    }

    RewardContext context(TensorBackend backend) {
      return new RewardContext(
          backend,
          task.data().vocabulary(),
          task.data().training(),
          task::show,
          task::tune,
          ContractSeed.stream("context"));
    }

    Asked request(int count, long number) {
      RandomStream stream = ContractSeed.stream("request").split("number", number);
      UnevenPolicy policy = new UnevenPolicy(task.data().vocabulary(), TIME);
      return new Asked(
          task,
          policy,
          policy.sample(count, Decoding.SAMPLE, stream.split("batch")),
          stream,
          new AtomicBoolean());
    }
  }

  /**
   * A request.
   *
   * @param discriminatorRead whether the discriminator was asked for
   */
  private record Asked(
      Task task,
      UnevenPolicy policy,
      Sequences sequences,
      RandomStream step,
      AtomicBoolean discriminatorRead)
      implements RewardRequest {
    @Override
    public Completions complete(int copies) {
      return policy.complete(sequences, copies, Decoding.SAMPLE, step.split("roll-out"));
    }

    @Override
    public Scorer discriminator() {
      discriminatorRead.set(true);
      return asked -> {
        float[] scores = new float[asked.count()];
        for (int i = 0; i < scores.length; i++) {
          scores[i] = (Arrays.hashCode(asked.row(i)) & 0xffff) / 65535f;
        }
        return scores;
      };
    }

    @Override
    public String text(int i) {
      return task.show(sequences.row(i));
    }

    @Override
    public RandomStream stream() {
      return step.split("reward");
    }
  }

  @Test
  final void everyTokenHasAFiniteReward() {
    for (Vocabulary vocabulary : VOCABULARIES) {
      World world = World.of(vocabulary);
      Reward reward = create(world.context(backend));
      for (int count : new int[] {1, 13, 2}) {
        RewardRequest request = world.request(count, count);
        assertFinite(reward.reward(request), request.sequences());
      }
    }
  }

  private static void assertFinite(TokenValues values, Sequences sequences) {
    assertThat(values.count()).as("rows of rewards").isEqualTo(sequences.count());
    assertThat(values.time()).as("positions of rewards").isEqualTo(sequences.time());
    for (int i = 0; i < sequences.count(); i++) {
      for (int t = 0; t < sequences.length(i); t++) {
        assertThat(values.get(i, t)).as("reward of token %d of sequence %d", t, i).isFinite();
      }
    }
  }

  @Test
  final void equalRewardsAnswerEqualRequestsEqually() {
    for (Vocabulary vocabulary : VOCABULARIES) {
      World world = World.of(vocabulary);
      Reward one = create(world.context(backend));
      Reward other = create(world.context(backend));
      for (int number = 0; number < 3; number++) {
        assertSame("a second reward", one, other, world, number);
      }
    }
  }

  private static void assertSame(
      String what, Reward expected, Reward actual, World world, long number) {
    RewardRequest request = world.request(7, number);
    Sequences sequences = request.sequences();
    assertThat(actual.reward(request).upToTheEnds(sequences).values())
        .as("what %s says of request %d", what, number)
        .isEqualTo(expected.reward(world.request(7, number)).upToTheEnds(sequences).values());
  }

  @Test
  final void rewardsDifferUnlessItSaysThatTheyDoNot() {
    World world = World.of(VOCABULARIES.get(0));
    Reward reward = create(world.context(backend));
    assertThat(reward.isConstant())
        .as("isConstant() of a reward that %s VARIES", has(Capability.VARIES) ? "" : "lacks")
        .isEqualTo(!has(Capability.VARIES));
    float[] values = reward.reward(world.request(13, 1)).values();
    boolean differ = false;
    for (float value : values) {
      differ |= value != values[0];
    }
    assertThat(differ).as("rewards differ").isEqualTo(has(Capability.VARIES));
  }

  @Test
  final void readsTheDiscriminatorIfItSaysSo() {
    World world = World.of(VOCABULARIES.get(0));
    Reward reward = create(world.context(backend));
    boolean read = false;
    for (int number = 1; number <= 3; number++) {
      Asked request = world.request(7, number);
      reward.reward(request);
      read |= request.discriminatorRead().get();
    }
    assertThat(reward.readsDiscriminator())
        .as("readsDiscriminator() of a reward that %s it", read ? "reads" : "does not read")
        .isEqualTo(read);
  }

  @Test
  final void goesOnFromItsState() {
    World world = World.of(VOCABULARIES.get(0));
    Reward reward = create(world.context(backend));
    Reward resumed = create(world.context(backend));
    reward.reward(world.request(7, 1));
    NamedArrays state = reward.state();
    if (has(Capability.REMEMBERS)) {
      assertThat(state.names()).as("arrays of the state").isNotEmpty();
      resumed.setState(state);
      ModelChecks.assertSame("the state that was set", state, resumed.state());
    } else {
      assertThat(state.names()).as("arrays of the state").isEmpty();
      assertThatThrownBy(() -> resumed.setState(someState())).isInstanceOf(UserException.class);
      resumed.setState(state);
    }
    for (int number = 2; number < 5; number++) {
      assertSame("a resumed reward", reward, resumed, world, number);
    }
  }

  private static NamedArrays someState() {
    return new NamedArrays(
        Map.of("unknown", new NamedArrays.FloatArray(new int[] {1}, new float[1])));
  }

  @Test
  final void itsFiguresHaveNames() {
    World world = World.of(VOCABULARIES.get(0));
    Reward reward = create(world.context(backend));
    reward.reward(world.request(7, 1));
    assertThat(reward.figures().keySet())
        .allSatisfy(name -> assertThat(name).matches("[a-z][a-z0-9-]{0,39}"));
  }
}
