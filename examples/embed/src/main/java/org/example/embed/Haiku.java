package org.example.embed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Decoding;
import org.seqgan.core.SampleRequest;
import org.seqgan.core.SeqGan;
import org.seqgan.core.SequenceModel;
import org.seqgan.core.TrainingOutcome;
import org.seqgan.core.event.TrainingEvent;

/** Trains a generator of short lines, puts it into one file, and lets that go on with a prefix. */
public final class Haiku {
  private final SeqGan seqgan = SeqGan.create();
  private final AtomicBoolean stop = new AtomicBoolean();

  private Haiku() {}

  /** The one argument is a folder, which is made. */
  public static void main(String[] args) throws IOException {
    try {
      new Haiku().run(Path.of(args[0]));
    } catch (UserException e) {
      // What a user can mend, in one line.
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private void run(Path folder) throws IOException {
    Path text = Files.createDirectories(folder).resolve("lines.txt");
    Files.write(text, lines());
    TrainingOutcome outcome = train(text, folder.resolve("run"));
    System.out.println("trained to " + outcome.checkpoint().orElseThrow());

    Path file = folder.resolve("haiku.seqgan");
    try (SequenceModel model = seqgan.open(outcome.run())) {
      model.export(file, true);
    }
    Files.delete(text); // the file has all that it needs

    try (SequenceModel model = seqgan.open(file)) {
      System.out.println("licence of the data: " + model.provenance().licence().data().orElse("?"));
      SampleRequest request =
          SampleRequest.of(3).startingWith("the birds").with(Decoding.atTemperature(0.8f));
      model.sample(request).forEach(sequence -> System.out.println(sequence.text()));
    }
  }

  private TrainingOutcome train(Path text, Path run) {
    return seqgan.train(
        "quickstart",
        List.of(
            "task=text",
            "task.data=" + text,
            "task.sequence-length=8",
            "training.batch-size=16",
            "training.generator-pretraining.epochs=3",
            "training.discriminator-pretraining.rounds=1",
            "training.adversarial.rounds=1",
            "evaluation.samples=64"),
        run,
        this::hear,
        stop::get); // any thread may set it; training saves where it is, and resume goes on
  }

  /** Called on the thread that trains, in order. */
  private void hear(TrainingEvent event) {
    if (event instanceof TrainingEvent.Measured measured
        && measured.values().containsKey("nll-gen")) {
      System.out.printf(
          "%s %d: %.2f nats per token%n",
          measured.phase().name(), measured.step(), measured.values().get("nll-gen"));
    }
  }

  private static List<String> lines() {
    return List.of("the birds", "two foxes", "the rain", "a child").stream()
        .flatMap(who -> List.of("sing", "sleep", "fall", "run").stream().map(does -> who + " " + does))
        .flatMap(
            what ->
                List.of("in the snow", "by the sea", "at night", "over the hills").stream()
                    .map(where -> what + " " + where))
        .toList();
  }
}
