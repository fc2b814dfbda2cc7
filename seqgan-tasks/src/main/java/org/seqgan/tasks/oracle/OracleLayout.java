package org.seqgan.tasks.oracle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The two ways in which an oracle's parameters are cut into arrays. */
enum OracleLayout {
  /**
   * The 15 arrays of the authors' target_params.pkl: one W, U and b for each gate. Gates and cell
   * follow sigma(x W + h U + b), with x a row; no constant is added to the forget gate.
   */
  RELEASED("U_input") {
    @Override
    Map<String, List<Integer>> shapes(OracleSizes sizes) {
      Map<String, List<Integer>> shapes = new LinkedHashMap<>();
      shapes.put("embedding", List.of(sizes.vocabulary(), sizes.embedding()));
      for (String gate : GATES) {
        shapes.put("W_" + gate, List.of(sizes.embedding(), sizes.hidden()));
        shapes.put("U_" + gate, List.of(sizes.hidden(), sizes.hidden()));
        shapes.put("b_" + gate, List.of(sizes.hidden()));
      }
      shapes.put("W_logits", List.of(sizes.hidden(), sizes.vocabulary()));
      shapes.put("b_logits", List.of(sizes.vocabulary()));
      return shapes;
    }
  },

  /** The 6 arrays of the generator "lstm": the columns of the gates stand side by side. */
  GENERATOR("lstm.U") {
    @Override
    Map<String, List<Integer>> shapes(OracleSizes sizes) {
      int gates = GATES.size() * sizes.hidden();
      Map<String, List<Integer>> shapes = new LinkedHashMap<>();
      shapes.put("embedding", List.of(sizes.vocabulary(), sizes.embedding()));
      shapes.put("lstm.W", List.of(sizes.embedding(), gates));
      shapes.put("lstm.U", List.of(sizes.hidden(), gates));
      shapes.put("lstm.b", List.of(gates));
      shapes.put("logits.W", List.of(sizes.hidden(), sizes.vocabulary()));
      shapes.put("logits.b", List.of(sizes.vocabulary()));
      return shapes;
    }
  };

  /** The gates in the order of their columns, and of their arrays in the released file. */
  static final List<String> GATES = List.of("input", "forget", "output", "cell");

  private final String recurrent;

  OracleLayout(String recurrent) {
    this.recurrent = recurrent;
  }

  /** The arrays in order, with their shapes. */
  abstract Map<String, List<Integer>> shapes(OracleSizes sizes);

  /** The names of the arrays in order. */
  List<String> names() {
    return List.copyOf(shapes(new OracleSizes(1, 1, 1)).keySet());
  }

  /** An array whose first axis is H. */
  String recurrent() {
    return recurrent;
  }
}
