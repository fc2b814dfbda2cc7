package org.seqgan.core.experiment;

import java.nio.file.Path;
import java.util.Map;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.data.NamedArrays;
import org.seqgan.api.data.Vocabulary;
import org.seqgan.api.generator.Generator;
import org.seqgan.api.generator.GeneratorProvider;
import org.seqgan.api.random.RandomStream;
import org.seqgan.api.task.Corpus;
import org.seqgan.api.task.TaskContext;
import org.seqgan.core.checked.CheckedPlugins;
import org.seqgan.core.config.OptionsBinder;
import org.seqgan.core.corpus.CorpusCache;
import org.seqgan.core.io.Safetensors;
import org.seqgan.core.model.ModelSetting;
import org.seqgan.core.registry.PluginRegistry;

/** What an experiment lends its task. */
record ExperimentTaskContext(
    TensorBackend backend,
    PluginRegistry registry,
    OptionsBinder binder,
    RandomStream stream,
    CorpusCache cache)
    implements TaskContext {
  @Override
  public Generator generator(
      String name,
      Map<String, Object> options,
      Vocabulary vocabulary,
      int sequenceLength,
      NamedArrays parameters) {
    GeneratorProvider<?> provider = registry.generator(name);
    Record bound = binder.bind(provider.about().optionsType(), options);
    ModelSetting.ForGenerator setting =
        new ModelSetting.ForGenerator(
            backend,
            vocabulary,
            sequenceLength,
            stream.split("unused"),
            ModelSetting.NO_TRAINING,
            ModelSetting.NO_TRAINING);
    Generator generator = CheckedPlugins.generator(provider, bound, setting);
    generator.setParameters(parameters);
    return generator;
  }

  @Override
  public NamedArrays readSafetensors(Path file) {
    return Safetensors.read(file);
  }

  @Override
  public Path corpus(Corpus corpus) {
    return cache.require(corpus);
  }
}
