package org.seqgan.core.model;

import java.util.ArrayList;
import java.util.List;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.Tokens;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.BinaryOperation;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Reduction;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.backend.UnaryOperation;
import org.seqgan.api.model.AutoregressiveModel;
import org.seqgan.api.model.Initializer;
import org.seqgan.api.model.OutputLayer;
import org.seqgan.api.model.ParameterSpec;

/**
 * The generator of LeakGAN (Guo et al. 2018, arXiv 1709.08624). At position t, with s_t the tokens
 * read so far,
 *
 * <pre>
 * f_t = F(s_t)                                   features of the prefix, leaked by the discriminator
 * g_t = norm(W h^M_t + b)                        the Manager's goal, h^M an LSTM over f
 * w_t = norm(psi (g_t-1 + ... + g_t-c))          psi without bias
 * logits = O_t w_t,  O_t = W h^W_t + B  [V, k]   the Worker's, h^W an LSTM over tokens
 * </pre>
 *
 * <p>F is that of {@link CnnModel}: windows of the prefix that are complete, or the first one with
 * zeros after its end; so the empty prefix has features too. A step adds the windows that end with
 * the token that it reads, so that a sequence costs one convolution.
 *
 * <p>Before the first goal acts {@code goal-init}, one row for all sequences. With {@link
 * LeakganOptions.Goals#BLOCKS} what acts changes at every c-th position, to the goals of the c
 * positions before it.
 *
 * <p>{@code O_t w_t} is linear in the outer product of (h^W_t, 1) and w_t, which is the hidden
 * state here, so that the logits have an ordinary output layer.
 *
 * <p>Gradients of {@link #hidden} and {@link #step} go everywhere. The Manager and the Worker that
 * learn apart are seen by {@link #walk}.
 *
 * @param vocabularySize V
 * @param time T, the most positions
 * @param options sizes
 */
public record LeakganModel(int vocabularySize, int time, LeakganOptions options)
    implements AutoregressiveModel {
  /** What stands before the names of the discriminator's parameters that are leaked. */
  public static final String LEAKED = "features.";

  private static final String EMBEDDING = "worker.embedding";
  private static final String WORKER = "worker.lstm";
  private static final String PROJECTION = "worker.goal.W";
  private static final String FIRST_GOAL = "goal-init";
  private static final String MANAGER = "manager.lstm";
  private static final String GOAL_WEIGHTS = "manager.goal.W";
  private static final String GOAL_BIAS = "manager.goal.b";
  private static final String LOGIT_WEIGHTS = "logits.W";
  private static final String LOGIT_BIAS = "logits.b";

  /** Added to squared lengths, so that what has none has a direction: none. */
  private static final float NO_LENGTH = 1e-12f;

  /** Where the parts of the state stand. */
  private static final int TOKENS_READ = 0;

  private static final int POOLED = 1;
  private static final int WORKER_HIDDEN = 2;
  private static final int WORKER_CELL = 3;
  private static final int MANAGER_HIDDEN = 4;
  private static final int MANAGER_CELL = 5;
  private static final int GOALS = 6;

  /** The features' network, as a discriminator. */
  private CnnModel features() {
    LeakganOptions.Features sizes = options.features();
    return new CnnModel(
        vocabularySize, sizes.embeddingSize(), sizes.filterWidths(), sizes.filterCounts(), 1, 0);
  }

  private int featureCount() {
    return options.features().filterCounts().stream().mapToInt(Integer::intValue).sum();
  }

  /** c. */
  public int stepSize() {
    return options.stepSize();
  }

  // ---- parameters ----

  @Override
  public List<ParameterSpec> parameters() {
    int hidden = options.hiddenSize();
    int features = featureCount();
    int goal = options.goalSize();
    Initializer normal = new Initializer.Normal(options.initialDeviation());
    List<ParameterSpec> specs = new ArrayList<>();
    for (ParameterSpec spec : leaked()) {
      specs.add(new ParameterSpec(LEAKED + spec.name(), spec.shape(), spec.initializer()));
    }
    specs.add(ParameterSpec.of(EMBEDDING, normal, vocabularySize, options.embeddingSize()));
    addLstm(specs, WORKER, options.embeddingSize());
    specs.add(ParameterSpec.of(PROJECTION, normal, features, goal));
    specs.add(ParameterSpec.of(FIRST_GOAL, normal, 1, features));
    addLstm(specs, MANAGER, features);
    specs.add(ParameterSpec.of(GOAL_WEIGHTS, normal, hidden, features));
    specs.add(ParameterSpec.of(GOAL_BIAS, normal, features));
    specs.add(ParameterSpec.of(LOGIT_WEIGHTS, normal, (hidden + 1) * goal, vocabularySize));
    specs.add(ParameterSpec.of(LOGIT_BIAS, new Initializer.Constant(0), vocabularySize));
    return List.copyOf(specs);
  }

  private void addLstm(List<ParameterSpec> specs, String name, int inputs) {
    int hidden = options.hiddenSize();
    Initializer normal = new Initializer.Normal(options.initialDeviation());
    specs.add(ParameterSpec.of(name + ".W", normal, inputs, 4 * hidden));
    specs.add(ParameterSpec.of(name + ".U", normal, hidden, 4 * hidden));
    specs.add(ParameterSpec.of(name + ".b", normal, 4 * hidden));
  }

  /** The discriminator's parameters that are leaked, by its own names for them. */
  public List<ParameterSpec> leaked() {
    CnnModel network = features();
    return network.parameters().stream()
        .filter(spec -> !network.penalised().contains(spec.name()))
        .toList();
  }

  @Override
  public OutputLayer outputLayer() {
    return new OutputLayer(LOGIT_WEIGHTS, LOGIT_BIAS);
  }

  // ---- whole sequences and single tokens ----

  @Override
  public Variable hidden(Tape tape, IntTensor inputs, IntTensor lengths) {
    return walk(tape, inputs, false).hidden(tape, inputs.dim(1));
  }

  /**
   * What Manager and Worker do while given tokens are read.
   *
   * @param worker the states from which tokens are drawn, {@code [B, (H + 1) k]} each
   * @param features f_0, f_1, ..., {@code [B, F]} each
   * @param goals g_0, g_1, ..., {@code [B, F]} each
   * @param firstGoal what acts before g_0, {@code [B, F]}
   */
  public record Walk(
      List<Variable> worker, List<Variable> features, List<Variable> goals, Variable firstGoal) {
    /** Copies the lists. */
    public Walk {
      worker = List.copyOf(worker);
      features = List.copyOf(features);
      goals = List.copyOf(goals);
    }

    /** The states from which the tokens of the first positions are drawn, {@code [B, n, H]}. */
    public Variable hidden(Tape tape, int positions) {
      List<Variable> rows = new ArrayList<>();
      for (Variable state : worker.subList(0, positions)) {
        rows.add(tape.reshape(state, state.value().dim(0), 1, state.value().dim(1)));
      }
      return tape.concat(rows, 1);
    }
  }

  /**
   * Reads tokens, for losses of Manager and Worker each of its own: no gradient of the Worker goes
   * through a goal to the Manager, and none to the features.
   *
   * @param inputs the start token, then y_1, y_2, ..., {@code [B, n]}, n up to T + 1
   */
  public Walk walk(Tape tape, IntTensor inputs) {
    return walk(tape, inputs, true);
  }

  private Walk walk(Tape tape, IntTensor inputs, boolean apart) {
    TensorScope scope = tape.scope();
    int batch = inputs.dim(0);
    int positions = inputs.dim(1);
    IntTensor columns = columns(scope, inputs);
    List<Variable> state = new ArrayList<>();
    for (int width : stateWidths()) {
      state.add(tape.constant(scope.zeros(batch, width)));
    }
    List<Variable> worker = new ArrayList<>();
    List<Variable> features = new ArrayList<>();
    List<Variable> goals = new ArrayList<>();
    for (int t = 0; t < positions; t++) {
      IntTensor read = scope.reshape(scope.rows(columns, t, t + 1), batch);
      Position position = position(tape, new Tokens.Ids(read), state, t, apart);
      worker.add(position.worker);
      features.add(position.features);
      goals.add(position.goal);
      state = position.state;
    }
    Variable firstGoal =
        tape.embedding(tape.parameter(FIRST_GOAL), scope.ints(new int[batch], batch));
    return new Walk(worker, features, goals, firstGoal);
  }

  /** Tokens position by position, {@code [n, B]}. */
  private static IntTensor columns(TensorScope scope, IntTensor inputs) {
    int batch = inputs.dim(0);
    int positions = inputs.dim(1);
    int[] cells = new int[batch * positions];
    for (int at = 0; at < cells.length; at++) {
      cells[at] = at % batch * positions + at / batch;
    }
    IntTensor rows = scope.reshape(inputs, cells.length, 1);
    return scope.reshape(scope.gatherRows(rows, scope.ints(cells, cells.length)), positions, batch);
  }

  /**
   * The embeddings of the tokens of the prefix as the features' network has them, the largest of
   * each filter over complete windows, the states of Worker and Manager, and goals as the Worker
   * sees them, the one of position t in place {@code t mod places}.
   */
  @Override
  public List<Integer> stateWidths() {
    int hidden = options.hiddenSize();
    return List.of(
        time * options.features().embeddingSize(),
        featureCount(),
        hidden,
        hidden,
        hidden,
        hidden,
        places() * options.goalSize());
  }

  private int places() {
    return switch (options.goals()) {
      case WINDOW -> options.stepSize();
      case BLOCKS -> 2 * options.stepSize();
    };
  }

  @Override
  public TapeStep step(Tape tape, Tokens tokens, List<Variable> state, int position) {
    Position after = position(tape, tokens, state, position, false);
    return new TapeStep(after.worker, after.state);
  }

  /**
   * What there is at one position.
   *
   * @param worker what its token is drawn from, {@code [n, (H + 1) k]}
   * @param features f_t, {@code [n, F]}
   * @param goal g_t, {@code [n, F]}
   */
  private record Position(
      Variable worker, Variable features, Variable goal, List<Variable> state) {}

  /**
   * One position.
   *
   * @param tokens read there: the start token, or the last one of the prefix
   * @param t the length of the prefix
   * @param apart whether Manager and Worker learn apart
   */
  private Position position(Tape tape, Tokens tokens, List<Variable> state, int t, boolean apart) {
    Prefix prefix = prefix(tape, tokens, state, t, apart);
    LstmCell manager =
        lstm(tape, MANAGER, prefix.features, state.get(MANAGER_HIDDEN), state.get(MANAGER_CELL));
    Variable goal =
        directions(tape, linear(tape, manager.hidden(), GOAL_WEIGHTS, GOAL_BIAS)); // (n, F)
    LstmCell worker =
        lstm(
            tape,
            WORKER,
            tape.embedding(tape.parameter(EMBEDDING), tokens),
            state.get(WORKER_HIDDEN),
            state.get(WORKER_CELL));
    Variable direction = directions(tape, acting(tape, state.get(GOALS), t)); // (n, k)
    Variable seen = apart ? tape.constant(goal.value()) : goal;
    Variable goals =
        tape.assignSlice(
            state.get(GOALS),
            tape.matmul(seen, tape.parameter(PROJECTION)),
            1,
            t % places() * options.goalSize());
    return new Position(
        outer(tape, worker.hidden(), direction),
        prefix.features,
        goal,
        List.of(
            prefix.read,
            prefix.pooled,
            worker.hidden(),
            worker.cell(),
            manager.hidden(),
            manager.cell(),
            goals));
  }

  // ---- features of the prefix ----

  /**
   * A prefix as the features' network sees it.
   *
   * @param read embeddings of its tokens, zeros after its end, {@code [n, T E]}
   * @param pooled the largest of each filter over its windows, {@code [n, F]}
   * @param features {@code [n, F]}
   */
  private record Prefix(Variable read, Variable pooled, Variable features) {}

  private Prefix prefix(Tape tape, Tokens tokens, List<Variable> state, int length, boolean apart) {
    int embedding = options.features().embeddingSize();
    Variable read = state.get(TOKENS_READ);
    if (length > 0) { // what is read before is no token of the sequence
      Variable last = tape.embedding(leaked(tape, CnnModel.EMBEDDING, apart), tokens);
      read = tape.assignSlice(read, last, 1, (length - 1) * embedding);
    }
    List<Variable> pooled = new ArrayList<>();
    int column = 0;
    for (int i = 0; i < options.features().filterWidths().size(); i++) {
      int width = options.features().filterWidths().get(i);
      int count = options.features().filterCounts().get(i);
      int from = Math.max(length - width, 0);
      Variable window = tape.slice(read, 1, from * embedding, (from + width) * embedding);
      Variable ofWindow =
          tape.linear(
              window,
              leaked(tape, CnnModel.filterWeights(width), apart),
              leaked(tape, CnnModel.filterBias(width), apart),
              Activation.RELU);
      // Up to its width, a filter has one window; from then on, one more with every token.
      Variable before = tape.slice(state.get(POOLED), 1, column, column + count);
      pooled.add(length <= width ? ofWindow : tape.binary(BinaryOperation.MAX, before, ofWindow));
      column += count;
    }
    Variable all = tape.concat(pooled, 1);
    Variable features =
        tape.highway(
            all,
            leaked(tape, CnnModel.TRANSFORM_WEIGHTS, apart),
            leaked(tape, CnnModel.TRANSFORM_BIAS, apart),
            leaked(tape, CnnModel.GATE_WEIGHTS, apart),
            leaked(tape, CnnModel.GATE_BIAS, apart));
    return new Prefix(read, all, features);
  }

  private static Variable leaked(Tape tape, String name, boolean apart) {
    Variable parameter = tape.parameter(LEAKED + name);
    return apart ? tape.constant(parameter.value()) : parameter;
  }

  // ---- goals ----

  /** The sum of the goals that act at a position, as the Worker sees them, {@code [n, k]}. */
  private Variable acting(Tape tape, Variable goals, int t) {
    int rows = goals.value().dim(0);
    int step = options.stepSize();
    int size = options.goalSize();
    Variable first =
        tape.reshape(
            tape.matmul(tape.parameter(FIRST_GOAL), tape.parameter(PROJECTION)), size); // (k)
    int from = 0;
    int missing = Math.max(step - t, 0);
    if (options.goals() == LeakganOptions.Goals.BLOCKS) {
      // The block before; it is missing as a whole in the first one, whose own goals do not act.
      from = (t / step + 1) % 2 * step;
      missing = t < step ? step : 0;
    }
    Variable those =
        tape.reshape(tape.slice(goals, 1, from * size, (from + step) * size), rows, step, size);
    Variable sum = tape.reduce(Reduction.SUM, those, 1);
    return missing == 0
        ? sum
        : tape.binary(BinaryOperation.ADD, sum, tape.affine(first, missing, 0));
  }

  // ---- pieces ----

  private static LstmCell lstm(Tape tape, String name, Variable x, Variable hidden, Variable cell) {
    Variable sums = // (n, 4 hidden)
        tape.binary(
            BinaryOperation.ADD,
            linear(tape, x, name + ".W", name + ".b"),
            tape.matmul(hidden, tape.parameter(name + ".U")));
    return LstmCell.next(tape, sums, cell);
  }

  private static Variable linear(Tape tape, Variable x, String weights, String bias) {
    return tape.linear(x, tape.parameter(weights), tape.parameter(bias), Activation.IDENTITY);
  }

  /**
   * Rows divided by their lengths.
   *
   * @param rows {@code [n, d]}
   */
  public static Variable directions(Tape tape, Variable rows) {
    Variable squared = // (n)
        tape.reduce(Reduction.SUM, tape.unary(UnaryOperation.SQUARE, rows), 1);
    Variable lengths = tape.unary(UnaryOperation.SQRT, tape.affine(squared, 1, NO_LENGTH));
    return tape.permute(
        tape.binary(BinaryOperation.DIVIDE, tape.permute(rows, 1, 0), lengths), 1, 0);
  }

  /** Every number of (h, 1) times every number of w, {@code [n, (H + 1) k]}. */
  private static Variable outer(Tape tape, Variable hidden, Variable direction) {
    int rows = hidden.value().dim(0);
    int numbers = hidden.value().dim(1) + 1;
    int size = direction.value().dim(1);
    Variable one = tape.affine(tape.constant(tape.scope().zeros(rows, 1)), 1, 1);
    Variable products =
        tape.batchedProduct(
            tape.reshape(tape.concat(List.of(hidden, one), 1), rows, numbers, 1),
            false,
            tape.reshape(direction, rows, 1, size),
            false);
    return tape.reshape(products, rows, numbers * size);
  }
}
