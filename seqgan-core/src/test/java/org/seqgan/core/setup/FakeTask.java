package org.seqgan.core.setup;

import org.seqgan.api.ApiVersion;
import org.seqgan.api.plugin.About;
import org.seqgan.api.task.Task;
import org.seqgan.api.task.TaskContext;
import org.seqgan.api.task.TaskProvider;

/** A task of which a test needs what it says about data, and nothing else. */
interface FakeTask<O extends Record> extends TaskProvider<O> {
  record NoOptions() {}

  String name();

  Class<O> optionsType();

  @Override
  default About<O> about() {
    return new About<>(name(), "the task " + name(), optionsType(), ApiVersion.CURRENT);
  }

  @Override
  default Task open(TaskContext context, O options) {
    throw new UnsupportedOperationException("a fake cannot be opened");
  }
}
