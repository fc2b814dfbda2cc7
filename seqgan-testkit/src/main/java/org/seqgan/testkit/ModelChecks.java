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

  /** Equality of names, shapes and every bit of what is described. */
  static void assertSame(String what, NamedArrays expected, NamedArrays actual) {
    assertThat(actual.names()).as("names of %s", what).isEqualTo(expected.names());
    for (String name : expected.names()) {
      assertThat(actual.get(name).shape())
          .as("%s: shape of %s", what, name)
          .isEqualTo(expected.get(name).shape());
      assertThat(actual.get(name).values())
          .as("%s: %s", what, name)
          .isEqualTo(expected.get(name).values());
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
    NamedArrays saved = copyOf(parameters);
    to.setParameters(parameters);
    assertSame("parameters that were set", saved, to.parameters());
    overwrite(parameters);
    assertSame(
        "parameters() must give a copy, but its arrays are the model's", saved, from.parameters());
    assertSame("setParameters must copy, but it keeps the arrays", saved, to.parameters());
    overwrite(to.parameters());
    assertSame(
        "parameters() must give a copy, but its arrays are the model's", saved, to.parameters());
  }

  /** Nothing to save or restore, and an empty set can be set. */
  static void assertHasNoParameters(Model model) {
    assertThat(model.parameters().names()).as("parameters of what has none").isEmpty();
    assertThat(model.optimizerState().names()).as("optimiser state of what has none").isEmpty();
    model.setParameters(model.parameters());
    model.setOptimizerState(model.optimizerState());
  }

  private static NamedArrays copyOf(NamedArrays original) {
    Map<String, FloatArray> copies = new LinkedHashMap<>();
    original
        .arrays()
        .forEach(
            (name, array) ->
                copies.put(name, new FloatArray(array.shape().clone(), array.values().clone())));
    return new NamedArrays(copies);
  }

  private static void overwrite(NamedArrays arrays) {
    arrays.arrays().values().forEach(array -> Arrays.fill(array.values(), 3f));
  }

  /** A missing, an unknown and a misshapen array are each named, and nothing is overwritten. */
  static void assertRejectsOtherParameters(Model model) {
    NamedArrays parameters = model.parameters();
    assertRejects(model, arrays -> arrays.put("no-such-parameter", array(1)), "no-such-parameter");
    for (String name : parameters.names()) {
      assertRejects(model, arrays -> arrays.remove(name), name);
      int size = parameters.get(name).values().length;
      assertRejects(model, arrays -> arrays.put(name, array(size + 1)), name);
    }
    assertSame("parameters after others were refused", parameters, model.parameters());
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
    NamedArrays state = trained.optimizerState();
    NamedArrays saved = copyOf(state);
    fresh.setParameters(trained.parameters());
    fresh.setOptimizerState(state);
    assertSame("optimiser state that was set", saved, fresh.optimizerState());
    overwrite(state);
    trainOneStep.accept(trained);
    trainOneStep.accept(fresh);
    String what = "after a step from parameters and optimiser state that were saved";
    assertSame("parameters " + what, trained.parameters(), fresh.parameters());
    assertSame("optimiser state " + what, trained.optimizerState(), fresh.optimizerState());
  }
}
