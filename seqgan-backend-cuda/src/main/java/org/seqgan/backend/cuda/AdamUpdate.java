package org.seqgan.backend.cuda;

import static org.seqgan.backend.cuda.DeviceMemory.address;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.seqgan.api.backend.Fused;
import org.seqgan.api.backend.Storage;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.AdamStep;
import org.seqgan.backend.cuda.driver.Launch;

/**
 * {@code adamStep}: all parameters in one launch ({@code adam.cu}), and one for the norm. With
 * clipping the norm comes first and stays on the device, so that the host never waits for it.
 */
final class AdamUpdate implements Fused<AdamStep, Tensor> {
  private static final int MOST_SLOTS = 64; // as in the kernel
  private static final int SLOT_BYTES = 40;
  private static final int CHUNK = 2048; // as in the kernel

  private final Engine engine;

  AdamUpdate(Engine engine) {
    this.engine = engine;
  }

  /** Slots of one launch, and the place of its blocks among those of all launches. */
  private record Part(List<AdamStep.Slot> slots, int firstBlock) {
    int blocks() {
      return slots.stream().mapToInt(slot -> Engine.ceil(slot.parameter().size(), CHUNK)).sum();
    }

    Storage[] shapes() {
      return slots.stream().map(AdamStep.Slot::parameter).toArray(Storage[]::new);
    }

    void write(ByteBuffer list) {
      for (AdamStep.Slot slot : slots) {
        list.putLong(address(slot.parameter()))
            .putLong(address(slot.gradient()))
            .putLong(address(slot.firstMoment()))
            .putLong(address(slot.secondMoment()))
            .putInt(slot.parameter().size())
            .putFloat(slot.l2());
      }
    }
  }

  @Override
  public Tensor run(TensorScope scope, AdamStep step) {
    Tensor norm = scope.allocate(1);
    List<Part> parts = parts(step.slots());
    int blocks = parts.stream().mapToInt(Part::blocks).sum();
    engine.withScratch(
        blocks,
        partial -> {
          if (step.settings().clipNorm() > 0) {
            parts.forEach(part -> squares(part, partial));
          }
          parts.forEach(part -> update(part, step, partial, blocks));
          engine
              .launch("root_of_sum", norm)
              .grid(1)
              .block(Engine.BLOCK)
              .with(partial)
              .with(blocks)
              .with(address(norm))
              .run();
        });
    return norm;
  }

  private static List<Part> parts(List<AdamStep.Slot> slots) {
    List<Part> parts = new ArrayList<>();
    int block = 0;
    for (int from = 0; from < slots.size(); from += MOST_SLOTS) {
      Part part = new Part(slots.subList(from, Math.min(from + MOST_SLOTS, slots.size())), block);
      parts.add(part);
      block += part.blocks();
    }
    return parts;
  }

  private void squares(Part part, long partial) {
    begin("adam_squares", part).with(partial + 4L * part.firstBlock()).run();
  }

  private void update(Part part, AdamStep step, long partial, int blocks) {
    AdamStep.Settings settings = step.settings();
    boolean clips = settings.clipNorm() > 0;
    begin("adam_update", part)
        .with(settings.stepSize(step.step()))
        .with(settings.beta1())
        .with(settings.beta2())
        .with(settings.epsilon())
        .with(settings.clipNorm())
        .with(clips ? partial : partial + 4L * part.firstBlock())
        .with(blocks)
        .run();
  }

  private Launch begin(String kernel, Part part) {
    Launch launch = engine.launch(kernel, part.shapes()).grid(part.blocks()).block(Engine.BLOCK);
    part.write(launch.structure(MOST_SLOTS * SLOT_BYTES));
    return launch;
  }
}
