package org.seqgan.core.portable;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** What a person should know of a model, as a page of Markdown. */
final class ModelCard {
  private final PortableModel model;
  private final StringBuilder page = new StringBuilder();

  private ModelCard(PortableModel model) {
    this.model = model;
  }

  /** The page; the same for the same model. */
  static String of(PortableModel model) {
    return new ModelCard(model).write();
  }

  private String write() {
    Provenance provenance = model.provenance();
    Map<String, String> options = provenance.configuration();
    String generator = options.getOrDefault("generator.name", "unknown");
    line("# A sequence generator trained by SeqGAN");
    line("");
    line(
        "Generator `%s`, %,d parameters; task `%s`; a vocabulary of %,d; sequences of up to %,d tokens.",
        generator,
        model.weights().arrays().values().stream().mapToLong(array -> array.values().length).sum(),
        provenance.data().task(),
        model.vocabulary().size(),
        model.sequenceLength());
    line(
        "Trained by `%s` (`training.name`), seed %d; this is checkpoint `%s`.",
        options.getOrDefault("training.name", "unknown"),
        provenance.seed(),
        provenance.checkpoint());
    line("");
    files();
    data(provenance);
    metrics(provenance);
    line("## Made with");
    line("");
    for (Provenance.Plugin plugin : provenance.plugins()) {
      line(
          "- %s `%s`, version %s%s",
          plugin.kind(),
          plugin.name(),
          plugin.version(),
          plugin.sha256().map(hash -> ", SHA-256 " + hash).orElse(""));
    }
    line(
        "- seqgan %s, exported by %s", provenance.build().trained(), provenance.build().exported());
    return page.toString();
  }

  private void files() {
    line("## Files");
    line("");
    line("- `generator.safetensors`: the weights, float32");
    model
        .weights()
        .arrays()
        .forEach((name, array) -> line("  - `%s` %s", name, Arrays.toString(array.shape())));
    line("- `vocabulary.json`: the tokens by id, start token, end token");
    line("- `config.json`: how sequences are drawn and shown, and where the model comes from");
    line("");
    line("docs/python.md of seqgan has a script in NumPy that draws the same sequences as seqgan.");
    line("");
  }

  private void data(Provenance provenance) {
    line("## Data and licence");
    line("");
    provenance.data().lines().forEach(text -> line("- %s", text));
    line("- SHA-256 of the tokens: `%s`", provenance.data().sha256());
    line("- licence of the data: %s", provenance.licence().data().orElse("not known"));
    line("");
    line("%s", provenance.licence().model());
    line("");
  }

  private void metrics(Provenance provenance) {
    if (provenance.metrics().isEmpty()) {
      return;
    }
    line("## Scores at this checkpoint, or at the last evaluation before it");
    line("");
    line("| metric | value |");
    line("|---|---|");
    provenance.metrics().forEach((name, value) -> line("| %s | %.4f |", name, value));
    line("");
  }

  /** Texts come from files: none of them may begin another line. */
  private void line(String format, Object... values) {
    page.append(String.format(Locale.ROOT, format, values).replaceAll("\\p{Cntrl}+", " "))
        .append('\n');
  }
}
