package org.seqgan.core.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.seqgan.api.autograd.Tape;
import org.seqgan.api.autograd.ValueTape;
import org.seqgan.api.autograd.Variable;
import org.seqgan.api.backend.Activation;
import org.seqgan.api.backend.Decoding;
import org.seqgan.api.backend.IntTensor;
import org.seqgan.api.backend.Reading;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.data.ArraySize;
import org.seqgan.api.data.Completions;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.NamedArrays.FloatArray;
import org.seqgan.api.data.Sequences;
import org.seqgan.api.data.TokenValues;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.NextTokens;
import org.seqgan.api.model.AutoregressiveModel;
import org.seqgan.api.model.OnTape;
import org.seqgan.api.model.OptimizerOptions;
import org.seqgan.api.model.OutputLayer;
import org.seqgan.api.model.ParameterSpec;
import org.seqgan.api.model.Step;
import org.seqgan.api.model.StepFunction;
import org.seqgan.api.operation.Linear;
import org.seqgan.api.operation.SampleTokens;
import org.seqgan.api.operation.TokenLogProbabilities;
import org.seqgan.api.random.DrawTable;
import org.seqgan.api.random.RandomDraws;
import org.seqgan.api.random.RandomStream;
import org.seqgan.core.autograd.Adam;
import org.seqgan.core.autograd.GradientTape;
import org.seqgan.core.autograd.ParameterSet;

/**
 * A generator made from a forward function: sampling, roll-outs, likelihoods, and both kinds of
 * training.
 */
final class AutoregressiveGenerator implements Generator, SharedSampling {
  /** Rows that are sampled or scored together; enough to keep matrix products efficient. */
  private static final int MOST_ROWS = 2048;

  private static final String LIKELIHOOD = "likelihood.";
  private static final String POLICY = "policy.";

  private final ModelSetting.ForGenerator setting;
  private final AutoregressiveModel model;
  private final ParameterSet parameters;
  private final Adam likelihoodOptimizer;
  private final Adam policyOptimizer;
  private final List<String> names;
  private final OwnLosses<AutoregressiveModel> own;

  AutoregressiveGenerator(ModelSetting.ForGenerator setting, AutoregressiveModel model) {
    this.setting = setting;
    this.model = model;
    this.parameters =
        new ParameterSet(setting.backend(), model.parameters(), setting.initialisation());
    this.likelihoodOptimizer =
        new Adam(setting.backend(), parameters, setting.likelihoodOptimizer());
    this.policyOptimizer = new Adam(setting.backend(), parameters, setting.policyOptimizer());
    this.names = model.parameters().stream().map(ParameterSpec::name).toList();
    this.own = new OwnLosses<>(setting.backend(), parameters, model);
  }

  TensorBackend backend() {
    return setting.backend();
  }

  private Vocabulary vocabulary() {
    return setting.vocabulary();
  }

  private int time() {
    return setting.sequenceLength();
  }

  // ---- sampling ----

  @Override
  public Sequences sample(int count, Decoding decoding, RandomStream stream) {
    DrawTable draws = stream.table(count, time());
    try (TensorScope scope = backend().openScope()) {
      StepFunction step = model.stepFunction(scope, parameters::get);
      Samples samples =
          new Samples(backend(), step, model.stateWidths(), vocabulary(), count, time());
      for (int from = 0; from < count; from += Math.min(MOST_ROWS, count - from)) {
        int to = from + Math.min(MOST_ROWS, count - from);
        samples.sample(from, to, sampler(decoding), draws);
      }
      return samples.sequences();
    }
  }

  @Override
  public boolean canShare() {
    return true;
  }

  /**
   * Rows of one table that are drawn in one way stand one below another, whoever asked for them:
   * they take one operation a token.
   */
  @Override
  public List<Sequences> sampleTogether(List<Share> shares) {
    Map<Alike, List<Row>> alike = new LinkedHashMap<>();
    for (int i = 0; i < shares.size(); i++) {
      addRows(i, shares.get(i), alike);
    }
    List<TableRows> groups = new ArrayList<>();
    alike.forEach(
        (way, rows) ->
            groups.add(
                new TableRows(
                    rows.stream().mapToInt(Row::number).toArray(),
                    way.beginning(),
                    sampler(way.decoding()),
                    way.table())));
    Sequences all = sample(groups);
    int[][] places = shares.stream().map(share -> new int[share.count()]).toArray(int[][]::new);
    int place = 0;
    for (List<Row> rows : alike.values()) {
      for (Row row : rows) {
        places[row.share()][row.at()] = place++;
      }
    }
    return Arrays.stream(places).map(all::select).toList();
  }

  private Sequences sample(List<TableRows> groups) {
    int count = groups.stream().mapToInt(TableRows::count).reduce(0, Math::addExact);
    try (TensorScope scope = backend().openScope()) {
      StepFunction step = model.stepFunction(scope, parameters::get);
      Samples samples =
          new Samples(backend(), step, model.stateWidths(), vocabulary(), count, time());
      int from = 0;
      for (List<TableRows> batch : TableRows.batches(groups, MOST_ROWS)) {
        samples.sample(from, batch);
        from += batch.stream().mapToInt(TableRows::count).sum();
      }
      return samples.sequences();
    }
  }

  /** The way in which some rows are drawn. */
  private record Alike(DrawTable table, List<Integer> beginning, Decoding decoding) {}

  /**
   * A row that is drawn.
   *
   * @param share whose it is
   * @param at where in the share
   * @param number of the table
   */
  private record Row(int share, int at, int number) {}

  /** The rows of a share, with the draws that {@link #sample} or {@link #complete} gives them. */
  private void addRows(int index, Share share, Map<Alike, List<Row>> rows) {
    List<Integer> beginning = share.beginning();
    DrawTable whole = share.stream().table(share.to(), time());
    int together = Continuations.together(time());
    for (int i = share.from(); i < share.to(); i++) {
      DrawTable table = whole;
      int number = i;
      if (!beginning.isEmpty()) {
        int part = i / together;
        table = RollOuts.draws(Continuations.stream(share.stream(), part), together, time());
        number = RollOuts.number(beginning.size(), i % together, together);
      }
      rows.computeIfAbsent(new Alike(table, beginning, share.decoding()), key -> new ArrayList<>())
          .add(new Row(index, i - share.from(), number));
    }
  }

  private TokenSampler sampler(Decoding decoding) {
    OutputLayer output = model.outputLayer();
    return (scope, hidden, draws, out) ->
        scope.run(
            new SampleTokens(
                hidden,
                parameters.get(output.weights()),
                parameters.get(output.bias()),
                decoding,
                draws.draws(),
                draws.which(),
                out));
  }

  // ---- roll-outs ----

  @Override
  public Completions complete(
      Sequences sequences, int copies, Decoding decoding, RandomStream stream) {
    try (TensorScope scope = backend().openScope()) {
      StepFunction step = model.stepFunction(scope, parameters::get);
      RollOuts rollOuts =
          new RollOuts(backend(), step, model.stateWidths(), sequences, copies, vocabulary());
      return rollOuts.run(sampler(decoding), stream);
    }
  }

  // ---- likelihoods ----

  @Override
  public TokenValues logProbabilities(Sequences sequences) {
    requireFits(sequences);
    float[] values = new float[sequences.tokens().length];
    int rows = Math.max(1, MOST_ROWS / time());
    for (int from = 0; from < sequences.count(); from += rows) {
      int to = Math.min(sequences.count(), from + rows);
      float[] part = logProbabilitiesOf(sequences.slice(from, to));
      System.arraycopy(part, 0, values, from * time(), part.length);
    }
    return new TokenValues(sequences.count(), time(), values);
  }

  private float[] logProbabilitiesOf(Sequences batch) {
    int[] cells = cells(batch);
    try (TensorScope scope = backend().openScope()) {
      Tape tape = new ValueTape(scope, parameters::get);
      Tensor hidden = hidden(tape, inputs(batch), batch).value(); // (batch * time, hidden)
      if (cells.length < hidden.dim(0)) {
        hidden = scope.gatherRows(hidden, scope.ints(cells, cells.length)); // (cells, hidden)
      }
      int[] targets = Arrays.stream(cells).map(cell -> batch.tokens()[cell]).toArray();
      OutputLayer output = model.outputLayer();
      float[] ofCells =
          scope.read(
              scope.run(
                  new TokenLogProbabilities(
                      hidden,
                      parameters.get(output.weights()),
                      parameters.get(output.bias()),
                      scope.ints(targets, targets.length))));
      float[] values = new float[batch.tokens().length];
      for (int i = 0; i < cells.length; i++) {
        values[cells[i]] = ofCells[i];
      }
      return values;
    }
  }

  /** The positions of a batch that count, as indices of {@code [B * T]}. */
  private int[] cells(Sequences batch) {
    return IntStream.range(0, batch.tokens().length)
        .filter(cell -> cell % time() < batch.length(cell / time()))
        .toArray();
  }

  @Override
  public NextTokens nextTokens(Sequences sequences, int[] cells) {
    requireFits(sequences);
    NextTokens.requireCells(sequences, cells);
    ArraySize.of("next tokens", cells.length, vocabulary().size(), Float.BYTES);
    try (TensorScope scope = backend().openScope()) {
      Tape tape = new ValueTape(scope, parameters::get);
      Tensor hidden = hidden(tape, inputs(sequences), sequences).value();
      OutputLayer output = model.outputLayer();
      Tensor logits =
          scope
              .run(
                  new Linear(
                      scope.gatherRows(hidden, scope.ints(cells, cells.length)),
                      parameters.get(output.weights()),
                      parameters.get(output.bias()),
                      Activation.IDENTITY))
              .output(); // (cells, V)
      return NextTokens.ofLogits(vocabulary().size(), scope.read(logits));
    }
  }

  /** The hidden states of a batch as rows, {@code [B * T, H]}. */
  private Variable hidden(Tape tape, int[] inputs, Sequences batch) {
    IntTensor ids = tape.scope().ints(inputs, batch.count(), time());
    IntTensor lengths = tape.scope().ints(batch.lengths(), batch.count());
    Variable hidden = model.hidden(tape, ids, lengths); // (batch, time, hidden)
    int width = hidden.value().dim(2);
    return tape.reshape(hidden, batch.count() * time(), width);
  }

  /** Teacher forcing: the start token, then every token but the last, {@code [B, T]}. */
  private int[] inputs(Sequences batch) {
    int[] inputs = new int[batch.tokens().length];
    for (int i = 0; i < batch.count(); i++) {
      inputs[i * time()] = vocabulary().startToken();
      System.arraycopy(batch.tokens(), i * time(), inputs, i * time() + 1, time() - 1);
    }
    return inputs;
  }

  private void requireFits(Sequences sequences) {
    if (sequences.time() != time()) {
      throw new IllegalArgumentException(
          "sequences of " + sequences.time() + " positions for a generator of " + time());
    }
  }

  // ---- training ----

  @Override
  public Step trainMaximumLikelihood(Sequences batch, float truth, RandomStream stream) {
    requireFits(batch);
    float weight = 1f / batch.tokenCount();
    float[] weights = new float[batch.tokens().length];
    for (int i = 0; i < batch.count(); i++) {
      Arrays.fill(weights, i * time(), i * time() + batch.length(i), weight);
    }
    int[] inputs = truth < 1 ? scheduledInputs(batch, truth, stream) : inputs(batch);
    return train(batch, inputs, weights, 1f, likelihoodOptimizer);
  }

  @Override
  public Step trainPolicyGradient(Sequences batch, TokenValues rewards, float temperature) {
    requireFits(batch);
    float[] weights = rewards.upToTheEnds(batch).values();
    return train(batch, inputs(batch), weights, temperature, policyOptimizer);
  }

  private Step train(
      Sequences batch, int[] inputs, float[] weights, float temperature, Adam optimizer) {
    try (TensorScope scope = backend().openScope()) {
      LossAndGradients result = lossAndGradients(scope, batch, inputs, weights, temperature);
      Reading norm = optimizer.step(result.gradients());
      return Step.of(scope.readLater(result.loss()), norm);
    }
  }

  /**
   * A loss {@code [1]} and its derivative by every parameter, in the scope that they were computed
   * in.
   */
  record LossAndGradients(Tensor loss, Map<String, Tensor> gradients) {}

  /** The loss {@code -sum weights log G} of a batch under teacher forcing. */
  LossAndGradients lossAndGradients(TensorScope scope, Sequences batch, float[] weights) {
    return lossAndGradients(scope, batch, inputs(batch), weights, 1f);
  }

  private LossAndGradients lossAndGradients(
      TensorScope scope, Sequences batch, int[] inputs, float[] weights, float temperature) {
    RandomStream dropout =
        setting
            .initialisation()
            .split("dropout", likelihoodOptimizer.steps() + policyOptimizer.steps());
    GradientTape tape = new GradientTape(scope, parameters, dropout);
    Variable hidden = hidden(tape, inputs, batch); // (batch * time, hidden)
    Variable loss =
        new WeightedLikelihood(model.outputLayer(), temperature).loss(tape, hidden, batch, weights);
    tape.backward(loss);
    return new LossAndGradients(loss.value(), tape.gradients(names));
  }

  @Override
  public Optional<OnTape<AutoregressiveModel>> onTape(OptimizerOptions options) {
    return own.begin(options);
  }

  /**
   * Scheduled sampling: each input after the start token is the true token with probability {@code
   * truth}, else the one that the model draws at that step after the inputs so far. No gradient
   * flows through a drawn token.
   */
  private int[] scheduledInputs(Sequences batch, float truth, RandomStream stream) {
    int rows = batch.count();
    DrawTable draws = stream.table(rows, time());
    DrawTable coins = stream.split("coins").table(rows, time());
    int[] inputs = inputs(batch);
    try (TensorScope scope = backend().openScope()) {
      StepFunction step = model.stepFunction(scope, parameters::get);
      TokenSampler sampler = sampler(Decoding.SAMPLE);
      List<Tensor> state =
          model.stateWidths().stream().map(width -> scope.zeros(rows, width)).toList();
      int[] read = new int[rows];
      Arrays.fill(read, vocabulary().startToken());
      for (int t = 0; t + 1 < time(); t++) {
        try (TensorScope temporary = backend().openScope()) {
          Tensor hidden = step.step(temporary, temporary.ints(read, rows), state, t);
          IntTensor drawn = temporary.allocateInts(rows);
          sampler.draw(
              temporary,
              hidden,
              new RowsUnderWay.Draws(draws.column(t, 0, rows), Optional.empty()),
              drawn);
          int[] own = temporary.read(drawn);
          RandomDraws coin = coins.column(t, 0, rows);
          for (int row = 0; row < rows; row++) {
            int at = row * time() + t + 1;
            if (coin.uniform(row) >= truth) {
              inputs[at] = own[row];
            }
            read[row] = inputs[at];
          }
        }
      }
    }
    return inputs;
  }

  // ---- parameters ----

  @Override
  public void moveTowards(Generator other, float fraction) {
    if (!(other instanceof AutoregressiveGenerator that) || !that.model.equals(model)) {
      throw new IllegalArgumentException("only a generator of the same model can be moved towards");
    }
    parameters.moveTowards(that.parameters, fraction);
  }

  @Override
  public NamedArrays parameters() {
    return parameters.values();
  }

  @Override
  public void setParameters(NamedArrays values) {
    parameters.setValues(values);
  }

  @Override
  public NamedArrays optimizerState() {
    Map<String, FloatArray> state = new LinkedHashMap<>(likelihoodOptimizer.state(LIKELIHOOD));
    state.putAll(policyOptimizer.state(POLICY));
    own.addTo(state);
    return new NamedArrays(state);
  }

  @Override
  public void setOptimizerState(NamedArrays state) {
    likelihoodOptimizer.setState(LIKELIHOOD, state);
    policyOptimizer.setState(POLICY, state);
    own.restore(state);
  }

  @Override
  public void close() {
    own.close();
    likelihoodOptimizer.close();
    policyOptimizer.close();
    parameters.close();
  }
}
