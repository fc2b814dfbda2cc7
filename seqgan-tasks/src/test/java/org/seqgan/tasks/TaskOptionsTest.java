package org.seqgan.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.seqgan.api.task.TaskProvider;

@DisplayName("The options of the tasks")
class TaskOptionsTest {
  /** A path is written in full where a run is described, so that it goes on from another folder. */
  @Test
  void whatNamesFilesIsAPath() {
    List<String> named = new ArrayList<>();
    for (TaskProvider<?> provider : ServiceLoader.load(TaskProvider.class)) {
      for (RecordComponent component : provider.about().optionsType().getRecordComponents()) {
        if (component.getName().equals("data")) {
          assertThat(component.getType()).as(provider.about().name()).isEqualTo(Path.class);
          named.add(provider.about().name());
        }
      }
    }
    assertThat(named).contains("text", "poems", "speeches", "music", "midi");
  }
}
