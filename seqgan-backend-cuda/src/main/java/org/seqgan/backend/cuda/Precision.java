package org.seqgan.backend.cuda;

import java.util.Locale;
import org.seqgan.backend.cuda.driver.DeviceInfo;
import org.seqgan.backend.cuda.driver.DeviceInfo.Capability;
import org.seqgan.backend.cuda.driver.DriverUnavailableException;

/**
 * In which numbers a discriminator's matrix products multiply: those of highway layers and their
 * gradients, and convolutions forward. Their sums are float32 in each.
 */
public enum Precision {
  /** 24 significant bits. */
  FLOAT32("products", "adam_products", "conv_max"),
  /** 11 significant bits and the range of float32, on tensor cores. */
  TF32("products_tf32", "adam_products_tf32", "conv_max_tf32"),
  /** 8 significant bits and the range of float32, on tensor cores. */
  BF16("products_bf16", "adam_products_bf16", "conv_max_bf16");

  /** The first devices that multiply such numbers. */
  private static final Capability TENSOR_CORES = new Capability(8, 0);

  private final String products;
  private final String adam;
  private final String convolution;

  Precision(String products, String adam, String convolution) {
    this.products = products;
    this.adam = adam;
    this.convolution = convolution;
  }

  /** Whether it needs tensor cores. */
  boolean isRounded() {
    return this != FLOAT32;
  }

  /** The kernel of matrix products. */
  String products() {
    return products;
  }

  /** The kernel of Adam with gradients that are products. */
  String adam() {
    return adam;
  }

  /** The kernel of convolutions. */
  String convolution() {
    return convolution;
  }

  /**
   * Requires a device that can compute with it.
   *
   * @throws DriverUnavailableException if the device is too old
   */
  void requireOn(DeviceInfo device) throws DriverUnavailableException {
    if (isRounded() && device.capability().compareTo(TENSOR_CORES) < 0) {
      throw new DriverUnavailableException(
          "backend.precision = %s needs compute capability %s or higher, found %s; set backend.precision = float32"
              .formatted(this, TENSOR_CORES, device.capability()));
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
