package org.seqgan.cli.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seqgan.api.UserException;
import org.seqgan.api.data.Sequences;
import org.seqgan.cli.http.Answer;
import org.seqgan.cli.http.Handler;
import org.seqgan.cli.http.HttpProblem;
import org.seqgan.cli.http.Request;
import org.seqgan.cli.sample.SampleFormat;
import org.seqgan.cli.sample.SampleLines;
import org.seqgan.core.failure.Failure;
import org.seqgan.core.io.Json;
import org.seqgan.core.serve.Generation;
import org.seqgan.core.serve.GenerationRequest;
import org.seqgan.core.serve.Histogram;
import org.seqgan.core.serve.ModelCache;
import org.seqgan.core.serve.RefusedException;
import org.seqgan.core.serve.ServedModel;

/**
 * Answers requests for sequences.
 *
 * @param models from which they are
 * @param mostSequences that one request may ask for
 * @param seconds of each request, until all is drawn
 */
record SequenceHandler(ModelCache models, int mostSequences, Histogram seconds) implements Handler {
  /** Seconds after which a client that was refused may ask again. */
  private static final Map<String, String> RETRY = Map.of("Retry-After", "1");

  /** The header that says which seed was drawn with. */
  static final String SEED = "Seqgan-Seed";

  /** The header that says which of the seed's sequences is the first. */
  static final String FIRST = "Seqgan-First";

  /** The header that says of which checkpoint the sequences are. */
  static final String CHECKPOINT = "Seqgan-Checkpoint";

  @Override
  public Answer handle(Request request) throws IOException {
    String name = request.parameter("name");
    if (!models.names().contains(name)) {
      throw new HttpProblem(
          404,
          "no model is named '%s'; there are %s"
              .formatted(name, String.join(", ", models.names())));
    }
    SequenceRequest asked = SequenceRequest.parse(request.json(), mostSequences);
    try {
      Drawing drawing = begin(name, asked);
      if (asked.stream()) {
        return new Answer.Streamed(200, drawing.headers("application/x-ndjson"), drawing);
      }
      try (drawing) {
        return drawing.whole();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HttpProblem(503, "the server stops", RETRY);
    } catch (RefusedException e) {
      throw problem(e);
    }
  }

  private static HttpProblem problem(RefusedException refused) {
    int status =
        switch (refused.reason()) {
          case FULL -> 429;
          case LATE, STOPPING -> 503;
        };
    return new HttpProblem(status, String.valueOf(refused.getMessage()), RETRY);
  }

  private Drawing begin(String name, SequenceRequest asked) throws InterruptedException {
    ModelCache.Lease lease = hold(name);
    try {
      ServedModel model = lease.model();
      ServedModel.Range range = asked.range().orElseGet(() -> model.fresh(asked.count()));
      if (!model.drawsFromAnywhere() && range.first() > mostSequences - asked.count()) {
        throw new HttpProblem(
            400,
            "first and count: expected at most %d together, found %d and %d; %s draws all of them"
                .formatted(mostSequences, range.first(), asked.count(), name));
      }
      Generation generation =
          model.draw(
              new GenerationRequest(
                  range.first(),
                  asked.count(),
                  asked.prefix().map(model::beginning).orElse(List.of()),
                  asked.decoding().over(model.decoding()),
                  range.seed()));
      return new Drawing(lease, generation, asked.format(), range, System.nanoTime(), seconds);
    } catch (RuntimeException | Error e) {
      lease.close();
      throw e;
    }
  }

  /** What is wrong with a model is not the client's to mend. */
  private ModelCache.Lease hold(String name) throws InterruptedException {
    try {
      return models.hold(name);
    } catch (UserException e) {
      throw new HttpProblem(500, "%s cannot be opened: %s".formatted(name, e.getMessage()));
    }
  }

  /** Sequences that are being drawn for a client. */
  private record Drawing(
      ModelCache.Lease lease,
      Generation generation,
      SampleFormat format,
      ServedModel.Range range,
      long start,
      Histogram seconds)
      implements Answer.Body, AutoCloseable {

    Map<String, String> headers(String type) {
      Map<String, String> headers = new LinkedHashMap<>();
      headers.put("Content-Type", type);
      headers.put("Cache-Control", "no-store");
      headers.put(SEED, Long.toString(range.seed()));
      headers.put(FIRST, Integer.toString(range.first()));
      headers.put(CHECKPOINT, lease.model().checkpoint());
      return headers;
    }

    private SampleLines lines() {
      ServedModel model = lease.model();
      return new SampleLines(format, model.notation(), model.checkpoint(), model.warnings(), false);
    }

    // ---- at once ----

    Answer whole() throws InterruptedException {
      return format == SampleFormat.JSON
          ? new Answer.Whole(
              200, headers("application/json; charset=utf-8"), object().getBytes(UTF_8))
          : new Answer.Whole(
              200,
              headers((format == SampleFormat.CSV ? "text/csv" : "text/plain") + "; charset=utf-8"),
              text().getBytes(UTF_8));
    }

    private String object() throws InterruptedException {
      ServedModel model = lease.model();
      ObjectNode object =
          Json.object()
              .put("model", model.name())
              .put("checkpoint", model.checkpoint())
              .put("seed", range.seed())
              .put("first", range.first());
      if (!model.warnings().isEmpty()) {
        model.warnings().forEach(object.putArray("warnings")::add);
      }
      ArrayNode sequences = object.putArray("sequences");
      each(
          (number, tokens) -> {
            ObjectNode sequence = sequences.addObject();
            ArrayNode ids = sequence.putArray("tokens");
            for (int token : tokens) {
              ids.add(token);
            }
            sequence.put("text", model.notation().show(tokens));
          });
      return Json.line(object) + "\n";
    }

    private String text() throws InterruptedException {
      SampleLines lines = lines();
      StringBuilder text = new StringBuilder();
      lines.heading().ifPresent(line -> text.append(line).append('\n'));
      each(
          (number, tokens) ->
              lines
                  .line(number, tokens, List.of())
                  .ifPresent(line -> text.append(line).append('\n')));
      return text.toString();
    }

    /** Takes a sequence, numbered from 1. */
    private interface Taker {
      void take(int number, int[] tokens);
    }

    private void each(Taker taker) throws InterruptedException {
      int number = 1;
      for (Optional<Sequences> next = generation.next();
          next.isPresent();
          next = generation.next()) {
        for (int i = 0; i < next.get().count(); i++) {
          taker.take(number++, next.get().row(i));
        }
      }
    }

    // ---- as they come ----

    @Override
    public void write(OutputStream out) throws IOException {
      SampleLines lines = lines();
      try {
        int number = 1;
        for (Optional<Sequences> next = generation.next();
            next.isPresent();
            next = generation.next()) {
          StringBuilder text = new StringBuilder();
          for (int i = 0; i < next.get().count(); i++) {
            lines
                .line(number++, next.get().row(i), List.of())
                .ifPresent(line -> text.append(line).append('\n'));
          }
          out.write(text.toString().getBytes(UTF_8));
          out.flush();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        tell(out, "the server stops");
      } catch (RefusedException e) {
        tell(out, String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        tell(out, Failure.of(e).message());
      }
    }

    private static void tell(OutputStream out, String error) throws IOException {
      out.write((Json.line(Map.of("error", error)) + "\n").getBytes(UTF_8));
    }

    @Override
    public void end() {
      close();
    }

    @Override
    public void close() {
      seconds.add((System.nanoTime() - start) / 1e9);
      generation.close();
      lease.close();
    }
  }
}
