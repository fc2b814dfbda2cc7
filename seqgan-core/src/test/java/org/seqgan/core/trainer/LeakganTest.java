package org.seqgan.core.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.UserException;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.core.model.CnnModel;
import org.seqgan.core.model.LeakganModel;
import org.seqgan.core.model.LeakganOptions;
import org.seqgan.core.model.LstmModel;

@DisplayName("Trainer leakgan says what it needs")
final class LeakganTest {
  private static LeakganModel model(LeakganOptions.Goals goals) {
    return model(goals, 1);
  }

  /** Two filters of each width. */
  private static LeakganModel model(LeakganOptions.Goals goals, Integer... widths) {
    LeakganOptions.Features features =
        new LeakganOptions.Features(3, List.of(widths), Collections.nCopies(widths.length, 2));
    return new LeakganModel(5, 4, new LeakganOptions(3, 3, 2, 2, goals, features, 0.1f));
  }

  private static void assertError(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            UserException.class,
            e -> assertThat(e.kind()).isEqualTo(UserException.Kind.CONFIGURATION))
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void needsItsGenerator() {
    assertError(
        () ->
            Leakgan.requireModel(new LstmModel(5, 3, 3, 0.1f), LeakganContractTest.options(false)),
        "set generator.name = leakgan");
  }

  @Test
  void whatIsReleasedNeedsBlocks() {
    LeakganModel window = model(LeakganOptions.Goals.WINDOW);
    LeakganModel blocks = model(LeakganOptions.Goals.BLOCKS);
    assertError(
        () -> Leakgan.requireModel(window, LeakganContractTest.options(true)),
        "set generator.goals = blocks");
    assertThat(Leakgan.requireModel(blocks, LeakganContractTest.options(true))).isSameAs(blocks);
    assertThat(Leakgan.requireModel(window, LeakganContractTest.options(false))).isSameAs(window);
  }

  @Test
  void needsADiscriminatorWithTheFeaturesOfTheGenerator() {
    LeakganModel model = model(LeakganOptions.Goals.WINDOW);
    NamedArrays all = arrays(model.leaked());
    assertThatCode(() -> Leakgan.requireLeak(model, all)).doesNotThrowAnyException();
    assertError(
        () -> Leakgan.requireLeak(model, with(all, "conv1.W", 3, 4)),
        "expected parameter 'conv1.W' [3, 2], found [3, 4]; set discriminator.name = cnn");
    assertError(
        () -> Leakgan.requireLeak(model, with(NamedArrays.NONE, "lstm.W", 3, 4)),
        "expected parameter 'embedding' [5, 3], found none; set discriminator.name = cnn");
  }

  /** Filters of the same counts fit by name and shape, but features would be one for another. */
  @Test
  void needsADiscriminatorWithTheFiltersInTheOrderOfTheGenerator() {
    LeakganModel model = model(LeakganOptions.Goals.WINDOW, 1, 2);
    NamedArrays same = arrays(discriminator(1, 2));
    NamedArrays other = arrays(discriminator(2, 1));
    assertThatCode(() -> Leakgan.requireLeak(model, same)).doesNotThrowAnyException();
    assertError(
        () -> Leakgan.requireLeak(model, other),
        "expected parameters in the order embedding, conv1.W, conv1.b, conv2.W, conv2.b, highway.W, highway.b, gate.W, gate.b, found embedding, conv2.W, conv2.b, conv1.W, conv1.b, highway.W, highway.b, gate.W, gate.b; set discriminator.name = cnn");
  }

  private static List<ParameterSpec> discriminator(Integer... widths) {
    return new CnnModel(5, 3, List.of(widths), Collections.nCopies(widths.length, 2), 1, 0)
        .parameters();
  }

  private static NamedArrays arrays(List<ParameterSpec> specs) {
    NamedArrays arrays = NamedArrays.NONE;
    for (ParameterSpec spec : specs) {
      int[] shape = spec.shape().stream().mapToInt(Integer::intValue).toArray();
      arrays = with(arrays, spec.name(), shape);
    }
    return arrays;
  }

  private static NamedArrays with(NamedArrays arrays, String name, int... shape) {
    int size = 1;
    for (int length : shape) {
      size *= length;
    }
    Map<String, FloatArray> all = new LinkedHashMap<>(arrays.arrays());
    all.put(name, new FloatArray(shape, new float[size]));
    return new NamedArrays(all);
  }
}
