package org.seqgan.backend.cuda;

import static java.util.stream.Collectors.partitioningBy;
import static org.seqgan.backend.cuda.DeviceMemory.address;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seqgan.api.backend.Fused;
import org.seqgan.api.backend.Storage;
import org.seqgan.api.backend.Tensor;
import org.seqgan.api.backend.TensorScope;
import org.seqgan.api.operation.AdamStep;
import org.seqgan.backend.cuda.driver.Launch;

/**
 * {@code adamStep}: all parameters in one launch ({@code adam.cu}), but those whose gradients are
 * products that nobody has computed yet ({@link DeferredProduct}): they are in another. A last one
 * is for the norm. With clipping the norm comes first and stays on the device, so that the host
 * never waits for it; then all gradients are in memory.
 */
final class AdamUpdate implements Fused<AdamStep, Tensor> {
  private static final int MOST_SLOTS = 64; // as in the kernel
  private static final int SLOT_BYTES = 40;
  private static final int CHUNK = 2048; // as in the kernel
  private static final int MOST_PRODUCT_SLOTS = 16; // as in the kernel
  private static final int PRODUCT_SLOT_BYTES =
      SLOT_BYTES + 2 * Products.OPERAND_BYTES + 4 * Integer.BYTES;

  private final Engine engine;

  AdamUpdate(Engine engine) {
    this.engine = engine;
  }

  /** Slots of one launch, and the place of its blocks among those of all launches. */
  private record Part(List<AdamStep.Slot> slots, int firstBlock) {
    int blocks() {
      return slots.stream().mapToInt(slot -> Engine.ceil(slot.parameter().size(), CHUNK)).sum();
    }

    void write(ByteBuffer list) {
      slots.forEach(slot -> AdamUpdate.write(slot, address(slot.gradient()), list));
    }
  }

  /** Parameters whose gradients are products, and the place of their blocks. */
  private record ProductPart(List<AdamStep.Slot> slots, int firstBlock) {
    private static Products.Product product(AdamStep.Slot slot) {
      return deferred(slot).orElseThrow().product();
    }

    private static int blocks(AdamStep.Slot slot) {
      return product(slot).tiles(Products.TILE);
    }

    int blocks() {
      return slots.stream().mapToInt(ProductPart::blocks).sum();
    }

    void write(ByteBuffer list) {
      for (AdamStep.Slot slot : slots) {
        Products.Product product = product(slot);
        AdamUpdate.write(slot, 0L, list);
        product.terms().get(0).a().write(list);
        product.terms().get(0).b().write(list);
        list.putInt(product.m())
            .putInt(product.n())
            .putInt(product.terms().get(0).k())
            .putInt(blocks(slot));
      }
    }
  }

  private static Optional<DeferredProduct> deferred(AdamStep.Slot slot) {
    return ((CudaTensor) slot.gradient()).deferred();
  }

  private static void write(AdamStep.Slot slot, long gradient, ByteBuffer list) {
    list.putLong(address(slot.parameter()))
        .putLong(gradient)
        .putLong(address(slot.firstMoment()))
        .putLong(address(slot.secondMoment()))
        .putInt(slot.parameter().size())
        .putFloat(slot.l2());
  }

  private static Storage[] shapes(List<AdamStep.Slot> slots) {
    return slots.stream().map(AdamStep.Slot::parameter).toArray(Storage[]::new);
  }

  @Override
  public Tensor run(TensorScope scope, AdamStep step) {
    Tensor norm = scope.allocate(1);
    boolean clips = step.settings().clipNorm() > 0;
    Map<Boolean, List<AdamStep.Slot>> byProduct =
        step.slots().stream().collect(partitioningBy(slot -> !clips && deferred(slot).isPresent()));
    List<Part> parts = parts(byProduct.get(false));
    int ofParts = parts.stream().mapToInt(Part::blocks).sum();
    List<ProductPart> products = productParts(byProduct.get(true), ofParts);
    int blocks = ofParts + products.stream().mapToInt(ProductPart::blocks).sum();
    engine.withScratch(
        blocks,
        partial -> {
          if (clips) {
            parts.forEach(part -> squares(part, partial));
          }
          parts.forEach(part -> update(part, step, partial, blocks));
          products.forEach(part -> update(part, step, partial));
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

  private static List<ProductPart> productParts(List<AdamStep.Slot> slots, int firstBlock) {
    List<ProductPart> parts = new ArrayList<>();
    int block = firstBlock;
    for (int from = 0; from < slots.size(); from += MOST_PRODUCT_SLOTS) {
      int to = Math.min(from + MOST_PRODUCT_SLOTS, slots.size());
      ProductPart part = new ProductPart(slots.subList(from, to), block);
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
    withRates(begin("adam_update", part), step)
        .with(settings.clipNorm())
        .with(clips ? partial : partial + 4L * part.firstBlock())
        .with(blocks)
        .run();
  }

  private void update(ProductPart part, AdamStep step, long partial) {
    Launch launch =
        engine
            .launch(engine.precision().adam(), shapes(part.slots()))
            .grid(part.blocks())
            .block(Engine.BLOCK);
    part.write(launch.structure(MOST_PRODUCT_SLOTS * PRODUCT_SLOT_BYTES));
    withRates(launch, step).with(partial + 4L * part.firstBlock()).run();
  }

  /** An argument of the type Rates. */
  private static Launch withRates(Launch launch, AdamStep step) {
    AdamStep.Settings settings = step.settings();
    launch
        .structure(4 * Float.BYTES)
        .putFloat(settings.stepSize(step.step()))
        .putFloat(settings.beta1())
        .putFloat(settings.beta2())
        .putFloat(settings.epsilon());
    return launch;
  }

  private Launch begin(String kernel, Part part) {
    Launch launch =
        engine.launch(kernel, shapes(part.slots())).grid(part.blocks()).block(Engine.BLOCK);
    part.write(launch.structure(MOST_SLOTS * SLOT_BYTES));
    return launch;
  }
}
