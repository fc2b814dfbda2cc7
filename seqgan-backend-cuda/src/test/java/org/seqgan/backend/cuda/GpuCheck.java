package org.seqgan.backend.cuda;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.seqgan.api.backend.Availability;

/**
 * Runs the tests of this backend on the driver and the device of the machine, without a build: what
 * {@code gpu-check contract} of the bundle starts. Writes a JSON object of what ran where.
 */
public final class GpuCheck {
  private static final int MOST_FAILURES = 20;

  private static final String MODELS = "org.seqgan.core.model.";

  private GpuCheck() {}

  /**
   * Runs the tests.
   *
   * @param args the file to write
   * @throws IOException if it cannot be written
   */
  public static void main(String[] args) throws IOException {
    System.setProperty("seqgan.cuda.driver", "machine");
    Availability availability = new CudaBackendProvider().availability(CudaOptions.defaults());
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("check", "contract");
    report.put("device", availability.details());
    if (availability instanceof Availability.Unavailable unavailable) {
      report.put("unavailable", unavailable.reason());
    } else {
      addResults(run(), report);
    }
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(Path.of(args[0]).toFile(), report);
    boolean passed = Integer.valueOf(0).equals(report.get("failed"));
    System.out.println((passed ? "passed" : "FAILED") + ", see " + args[0]);
    System.exit(passed ? 0 : 1);
  }

  private static TestExecutionSummary run() {
    Stream<DiscoverySelector> ours =
        Stream.of(
                CudaBackendContractTest.class,
                FusedTokensTest.class,
                ResourcesTest.class,
                TrainingStepTest.class,
                SwappedBackendsTest.class)
            .map(each -> selectClass(each));
    Stream<DiscoverySelector> references =
        Stream.of("Generator", "Discriminator")
            .map(model -> selectClass(MODELS + model + "GoldenOnCudaTest"));
    DiscoverySelector[] classes = Stream.concat(ours, references).toArray(DiscoverySelector[]::new);
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(classes).build();
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, summary);
    return summary.getSummary();
  }

  private static void addResults(TestExecutionSummary summary, Map<String, Object> report) {
    report.put("passed", summary.getTestsSucceededCount());
    report.put("failed", Math.toIntExact(summary.getTotalFailureCount()));
    report.put("skipped", summary.getTestsAbortedCount() + summary.getTestsSkippedCount());
    report.put("seconds", (summary.getTimeFinished() - summary.getTimeStarted()) / 1000.0);
    List<String> failures =
        summary.getFailures().stream()
            .limit(MOST_FAILURES)
            .map(each -> each.getTestIdentifier().getDisplayName() + ": " + each.getException())
            .toList();
    report.put("failures", failures);
  }
}
