package org.seqgan.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.seqgan.api.UserException;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.model.Model;

/** What every model must do with its parameters. */
final class ModelChecks {
  private ModelChecks() {}

  /** Equality of names, shapes and every bit. */
  static void assertSame(NamedArrays expected, NamedArrays actual) {
    assertThat(actual.names()).isEqualTo(expected.names());
    for (String name : expected.names()) {
      assertThat(actual.get(name).shape())
          .as("shape of %s", name)
          .isEqualTo(expected.get(name).shape());
      assertThat(actual.get(name).values()).as(name).isEqualTo(expected.get(name).values());
    }
  }

  /** Whether any element differs. */
  static boolean differ(NamedArrays first, NamedArrays second) {
    return first.names().stream()
        .anyMatch(name -> !Arrays.equals(first.get(name).values(), second.get(name).values()));
  }

  /** Parameters are copies, and can be given to another model of the same kind. */
  static void assertParametersRoundTrip(Model from, Model to) {
    NamedArrays parameters = from.parameters();
    assertThat(parameters.names()).isNotEmpty();
    assertThat(differ(parameters, to.parameters()))
        .as("two seeds give different parameters")
        .isTrue();
    to.setParameters(parameters);
    assertSame(parameters, to.parameters());
    parameters.get(parameters.names().get(0)).values()[0] += 1;
    assertSame(to.parameters(), from.parameters());
  }

  /** A missing, an unknown and a misshapen array are each named, and nothing is overwritten. */
  static void assertRejectsOtherParameters(Model model) {
    NamedArrays parameters = model.parameters();
    String name = parameters.names().get(0);
    assertRejects(model, arrays -> arrays.remove(name), name);
    assertRejects(model, arrays -> arrays.put("no-such-parameter", array(1)), "no-such-parameter");
    int size = parameters.get(name).values().length;
    assertRejects(model, arrays -> arrays.put(name, array(size + 1)), name);
    assertSame(parameters, model.parameters());
  }

  private static void assertRejects(
      Model model, Consumer<Map<String, FloatArray>> change, String named) {
    Map<String, FloatArray> arrays = new LinkedHashMap<>(model.parameters().arrays());
    change.accept(arrays);
    assertThatThrownBy(() -> model.setParameters(new NamedArrays(arrays)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(named);
  }

  private static FloatArray array(int size) {
    return new FloatArray(new int[] {size}, new float[size]);
  }

  /** Training goes on, bit for bit, from parameters and optimiser state that were saved. */
  static void assertResumesExactly(Model trained, Model fresh, Consumer<Model> trainOneStep) {
    trainOneStep.accept(trained);
    trainOneStep.accept(trained);
    fresh.setParameters(trained.parameters());
    fresh.setOptimizerState(trained.optimizerState());
    assertSame(trained.optimizerState(), fresh.optimizerState());
    trainOneStep.accept(trained);
    trainOneStep.accept(fresh);
    assertSame(trained.parameters(), fresh.parameters());
    assertSame(trained.optimizerState(), fresh.optimizerState());
  }
}
