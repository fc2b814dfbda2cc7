package org.seqgan.tasks.oracle;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.seqgan.api.UserException;
import org.seqgan.api.UserException.Kind;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.random.RandomStream;
import org.seqgan.tasks.FileKind;
import org.seqgan.tasks.oracle.pickle.PickleException;
import org.seqgan.tasks.oracle.pickle.PickleValue;
import org.seqgan.tasks.oracle.pickle.PickledArray;
import org.seqgan.tasks.oracle.pickle.RestrictedUnpickler;
import org.seqgan.tasks.oracle.pickle.SpoiledFile;

/** The parameters of an oracle, as the generator "lstm" names them: drawn or from a file. */
final class OracleParameters {
  private static final String SAFETENSORS_SUFFIX = ".safetensors";

  private OracleParameters() {}

  /**
   * Parameters from N(0, deviation^2). Each array has a stream of its own, so that the size of one
   * does not change the values of another.
   */
  static NamedArrays fresh(OracleSizes sizes, double deviation, long seed) {
    RandomStream stream = RandomStream.of(seed).split("oracle");
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    OracleLayout.GENERATOR
        .shapes(sizes)
        .forEach(
            (name, shape) -> {
              int count = shape.stream().reduce(1, Math::multiplyExact);
              float[] values = NormalDraws.next(stream.split(name), count, deviation);
              arrays.put(name, new FloatArray(toArray(shape), values));
            });
    return new NamedArrays(arrays);
  }

  /**
   * Reads a file: safetensors if its name ends so, with the names of either layout; a pickle
   * otherwise, of the 15 arrays in a list or, by name, in a dictionary.
   *
   * @param expected the sizes that the options ask for
   * @param safetensors reads such a file
   * @throws UserException (data) if the file is missing, malformed, incomplete, or not of the
   *     expected sizes
   */
  static NamedArrays read(
      Path file, OracleSizes expected, Function<Path, NamedArrays> safetensors) {
    Map<String, FloatArray> arrays = arrays(file, safetensors);
    OracleLayout layout = layout(file, arrays);
    checkSizes(file, sizes(file, layout, arrays), expected);
    checkArrays(file, layout.shapes(expected), arrays);
    return layout == OracleLayout.RELEASED ? join(arrays, expected) : ordered(arrays);
  }

  /**
   * Reads the arrays of a file, whatever their sizes and, but for those of a list, their names.
   *
   * @param safetensors reads such a file
   * @return in the order of the file
   * @throws UserException (data) if the file is missing, malformed, or of another kind
   */
  static Map<String, FloatArray> arrays(Path file, Function<Path, NamedArrays> safetensors) {
    boolean named = file.toString().endsWith(SAFETENSORS_SUFFIX);
    if (Files.isRegularFile(file)) {
      checkKind(file, named ? FileKind.SAFETENSORS : FileKind.PICKLE);
    }
    return named ? readSafetensors(file, safetensors) : unpickle(file);
  }

  private static void checkKind(Path file, FileKind expected) {
    FileKind kind = FileKind.of(file).orElse(expected);
    if (kind == FileKind.PICKLE && expected == FileKind.SAFETENSORS) {
      throw notExpected(file, expected, kind.noun() + "; give it a name that ends in .pkl");
    }
    if (kind == FileKind.SAFETENSORS && expected == FileKind.PICKLE) {
      throw notExpected(
          file, expected, kind.noun() + "; give it a name that ends so (.safetensors)");
    }
    if (kind != expected) {
      throw notExpected(file, expected, kind.description());
    }
  }

  private static UserException notExpected(Path file, FileKind expected, String found) {
    return new UserException(
        Kind.DATA,
        "%s: expected an oracle's parameters in %s, found %s"
            .formatted(file, expected.noun(), found));
  }

  private static Map<String, FloatArray> readSafetensors(
      Path file, Function<Path, NamedArrays> safetensors) {
    try {
      return safetensors.apply(file).arrays();
    } catch (UserException e) {
      if (!Files.isRegularFile(file)) {
        throw e;
      }
      throw SpoiledFile.reason(file, Long.MAX_VALUE)
          .map(
              reason ->
                  new UserException(
                      e.kind(), "%s: %s: %s".formatted(file, reason, e.getMessage()), e))
          .orElse(e);
    }
  }

  private static Map<String, FloatArray> unpickle(Path file) {
    PickleValue content = RestrictedUnpickler.read(file, ReleasedParameters.CORPUS);
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    if (content instanceof PickleValue.Dictionary dictionary) {
      dictionary.items().forEach((name, value) -> arrays.put(name, array(file, name, value)));
      return arrays;
    }
    List<PickleValue> items = items(content);
    List<String> names = OracleLayout.RELEASED.names();
    if (items.size() != names.size()) {
      throw malformed(
          file,
          "holds "
              + (items.isEmpty() ? content.describe() : "a list of " + items.size() + " values")
              + ", expected a list of "
              + names.size()
              + " arrays: "
              + String.join(", ", names)
              + "; write arrays of other names or in another order as safetensors");
    }
    for (int i = 0; i < names.size(); i++) {
      arrays.put(names.get(i), array(file, names.get(i), items.get(i)));
    }
    return arrays;
  }

  private static List<PickleValue> items(PickleValue content) {
    if (content instanceof PickleValue.Listing list) {
      return list.items();
    }
    return content instanceof PickleValue.Tuple tuple ? tuple.items() : List.of();
  }

  private static FloatArray array(Path file, String name, PickleValue value) {
    if (!(value instanceof PickledArray array)) {
      throw malformed(
          file,
          "has "
              + value.describe()
              + " where the array "
              + PickleException.shown(name)
              + " is expected; write arrays of NumPy");
    }
    try {
      return array.toFloatArray();
    } catch (PickleException e) {
      throw malformed(file, "is wrong at " + PickleException.shown(name) + ": " + e.getMessage());
    }
  }

  private static OracleLayout layout(Path file, Map<String, FloatArray> arrays) {
    OracleLayout closest =
        arrays.containsKey(OracleLayout.RELEASED.recurrent())
            ? OracleLayout.RELEASED
            : OracleLayout.GENERATOR;
    for (String name : closest.names()) {
      if (!arrays.containsKey(name)) {
        throw malformed(
            file, "has no array " + name + "; expected " + String.join(", ", closest.names()));
      }
    }
    for (String name : arrays.keySet()) {
      if (!closest.names().contains(name)) {
        throw malformed(
            file,
            "has an unknown array "
                + PickleException.shown(name)
                + "; expected "
                + String.join(", ", closest.names()));
      }
    }
    return closest;
  }

  private static OracleSizes sizes(Path file, OracleLayout layout, Map<String, FloatArray> arrays) {
    int[] embedding = matrix(file, "embedding", arrays);
    int[] recurrent = matrix(file, layout.recurrent(), arrays);
    return new OracleSizes(embedding[0], embedding[1], recurrent[0]);
  }

  private static int[] matrix(Path file, String name, Map<String, FloatArray> arrays) {
    int[] shape = arrays.getOrDefault(name, new FloatArray(new int[] {0}, new float[0])).shape();
    if (shape.length != 2) {
      throw malformed(
          file, "has the array " + name + " of shape " + Arrays.toString(shape) + ", not a matrix");
    }
    return shape;
  }

  private static void checkSizes(Path file, OracleSizes found, OracleSizes expected) {
    checkSize(file, "vocabulary-size", "tokens", found.vocabulary(), expected.vocabulary());
    checkSize(
        file, "embedding-size", "numbers an embedding", found.embedding(), expected.embedding());
    checkSize(file, "hidden-size", "hidden units", found.hidden(), expected.hidden());
  }

  private static void checkSize(Path file, String option, String unit, int found, int expected) {
    if (found != expected) {
      throw new UserException(
          Kind.DATA,
          "the oracle in "
              + file
              + " has "
              + found
              + " "
              + unit
              + ", task."
              + option
              + " is "
              + expected
              + "; set it to "
              + found);
    }
  }

  private static void checkArrays(
      Path file, Map<String, List<Integer>> shapes, Map<String, FloatArray> arrays) {
    shapes.forEach(
        (name, shape) -> {
          FloatArray array = new NamedArrays(arrays).get(name);
          if (!Arrays.equals(array.shape(), toArray(shape))) {
            throw malformed(
                file,
                "has the array "
                    + name
                    + " of shape "
                    + Arrays.toString(array.shape())
                    + ", expected "
                    + shape
                    + ", which the sizes of the others ask for; it is of another oracle or damaged");
          }
          checkFinite(file, name, array.values());
        });
  }

  private static void checkFinite(Path file, String name, float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw malformed(
            file, "has " + values[i] + " at element " + i + " of " + name + ", expected a number");
      }
    }
  }

  /** Puts the gates' columns side by side. */
  private static NamedArrays join(Map<String, FloatArray> released, OracleSizes sizes) {
    Map<String, List<Integer>> shapes = OracleLayout.GENERATOR.shapes(sizes);
    NamedArrays source = new NamedArrays(released);
    Map<String, FloatArray> joined = new LinkedHashMap<>();
    joined.put("embedding", source.get("embedding"));
    for (String part : List.of("W", "U", "b")) {
      String name = "lstm." + part;
      int[] shape = toArray(shapes.getOrDefault(name, List.of()));
      joined.put(name, new FloatArray(shape, joinGates(source, part, sizes.hidden())));
    }
    joined.put("logits.W", source.get("W_logits"));
    joined.put("logits.b", source.get("b_logits"));
    return new NamedArrays(joined);
  }

  private static float[] joinGates(NamedArrays source, String part, int hidden) {
    int gates = OracleLayout.GATES.size();
    float[] joined = new float[gates * source.get(part + "_input").values().length];
    for (int gate = 0; gate < gates; gate++) {
      float[] values = source.get(part + "_" + OracleLayout.GATES.get(gate)).values();
      for (int row = 0; row < values.length / hidden; row++) {
        System.arraycopy(values, row * hidden, joined, (row * gates + gate) * hidden, hidden);
      }
    }
    return joined;
  }

  private static NamedArrays ordered(Map<String, FloatArray> arrays) {
    Map<String, FloatArray> ordered = new LinkedHashMap<>();
    NamedArrays source = new NamedArrays(arrays);
    for (String name : OracleLayout.GENERATOR.names()) {
      ordered.put(name, source.get(name));
    }
    return new NamedArrays(ordered);
  }

  private static int[] toArray(List<Integer> shape) {
    return shape.stream().mapToInt(Integer::intValue).toArray();
  }

  private static UserException malformed(Path file, String reason) {
    return new UserException(Kind.DATA, "the oracle file " + file + " " + reason);
  }
}
