package org.seqgan.backend.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.seqgan.api.ApiVersion;
import org.seqgan.api.UserException;
import org.seqgan.api.backend.Availability;
import org.seqgan.api.backend.BackendProvider;
import org.seqgan.api.backend.TensorBackend;
import org.seqgan.api.plugin.About;
import org.seqgan.backend.dl4j.kernel.KernelChoice;
import org.seqgan.backend.dl4j.kernel.Kernels;
import org.seqgan.backend.dl4j.kernel.Processor;
import org.seqgan.backend.dl4j.kernel.ScalarKernels;
import org.seqgan.backend.dl4j.product.Bf16Multiplier;
import org.seqgan.backend.dl4j.product.Float32Multiplier;
import org.seqgan.backend.dl4j.product.Gemm;
import org.seqgan.backend.dl4j.product.Multiplier;
import org.seqgan.backend.dl4j.product.NativeLibraries;
import org.seqgan.backend.dl4j.product.OneDnnGemm;
import org.seqgan.backend.dl4j.product.Precision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backend {@code dl4j}: the CPU, on ND4J's memory, with matrix products by oneDNN. Loads native
 * libraries only in {@link #availability} and {@link #open}.
 */
public final class Dl4jBackendProvider implements BackendProvider<Dl4jOptions> {
  /** The name that configuration selects. */
  static final String NAME = "dl4j";

  private static final int PREFERENCE_OF_A_CPU = 100;

  @Override
  public About<Dl4jOptions> about() {
    return new About<>(
        NAME,
        "the CPU, on ND4J, with oneDNN and the Vector API",
        Dl4jOptions.class,
        ApiVersion.CURRENT);
  }

  @Override
  public int preference() {
    return PREFERENCE_OF_A_CPU;
  }

  @Override
  public Availability availability(Dl4jOptions options) {
    Processor processor = Processor.detect();
    List<String> details = new ArrayList<>();
    details.add(processor.describe());
    details.add(
        "Java: "
            + System.getProperty("java.vm.name")
            + " "
            + System.getProperty("java.version")
            + " ("
            + System.getProperty("java.vendor")
            + ")");
    details.add("element-wise loops: " + KernelChoice.choose(processor).description());
    details.add("threads: " + options.threadCount());
    try {
      NativeLibraries libraries = NativeLibraries.require();
      details.addAll(libraries.details());
      details.add(describePrecision(options.precision(), libraries.gemm()));
      return new Availability.Available(List.copyOf(details));
    } catch (UserException e) {
      return new Availability.Unavailable(e.getMessage(), List.copyOf(details));
    }
  }

  @Override
  public TensorBackend open(Dl4jOptions options) {
    NativeLibraries libraries = NativeLibraries.require();
    Kernels kernels = KernelChoice.choose(Processor.detect());
    if (kernels instanceof ScalarKernels) {
      log().warn("backend dl4j runs {}", kernels.description());
    }
    log()
        .info(
            "backend dl4j: {} threads, {}, {}",
            options.threadCount(),
            libraries.gemm().description(),
            kernels.description());
    return Dl4jBackend.open(
        options, kernels, libraries.gemm(), multiplier(options.precision(), libraries.gemm()));
  }

  private static Multiplier multiplier(Precision precision, Gemm gemm) {
    return switch (precision) {
      case FLOAT32 -> new Float32Multiplier(gemm);
      case BF16 -> {
        String missing = whyNotBf16(gemm);
        if (!missing.isEmpty()) {
          throw new UserException(
              UserException.Kind.ENVIRONMENT,
              "backend.precision = bf16: " + missing + "; set backend.precision = float32");
        }
        yield new Bf16Multiplier();
      }
    };
  }

  /** Why bfloat16 is of no use here; empty if it is. */
  private static String whyNotBf16(Gemm gemm) {
    Processor processor = Processor.detect();
    if (!(gemm instanceof OneDnnGemm)) {
      return "expected oneDNN, which does not load here; found " + gemm.description();
    }
    if (!Bf16Multiplier.isSupportedBy(processor)) {
      return "expected a processor with AVX512_BF16 or AMX, found " + processor.describe();
    }
    return "";
  }

  private static String describePrecision(Precision chosen, Gemm gemm) {
    String missing = whyNotBf16(gemm);
    return "precision of a discriminator's products: "
        + chosen.name().toLowerCase(Locale.ROOT)
        + (missing.isEmpty() ? "; bf16 can be chosen" : "; bf16 cannot be chosen: " + missing);
  }

  /** Asked for where something is logged: finding plugins sets up no logging. */
  private static Logger log() {
    return LoggerFactory.getLogger(Dl4jBackendProvider.class);
  }
}
