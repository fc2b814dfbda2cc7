package org.seqgan.backend.cuda.check;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.seqgan.core.io.Json;

/** Tests of this backend, on the driver of the machine: each test method is a part. */
final class TestParts {
  private static final int MOST_FAILURES = 20;
  private static final String PASSED = "passed";
  private static final String FAILED = "failed";
  private static final String SKIPPED = "skipped";
  private static final String FAILURES = "failures";
  private static final List<String> COUNTS = List.of(PASSED, FAILED, SKIPPED);

  private static final String HERE = "org.seqgan.backend.cuda.";
  private static final String MODELS = "org.seqgan.core.model.";

  /** The contract of a backend, and what else a device can break. */
  static final List<String> CONTRACT =
      List.of(
          HERE + "CudaBackendContractTest",
          HERE + "DeferredProductTest",
          HERE + "FusedSizesTest",
          HERE + "FusedTokensTest",
          HERE + "PrecisionTest",
          HERE + "ProductsTest",
          HERE + "ResourcesTest",
          HERE + "TrainingStepTest",
          HERE + "SwappedBackendsTest");

  /** Reference cases of the models. */
  static final List<String> GOLDEN =
      List.of(MODELS + "GeneratorGoldenOnCudaTest", MODELS + "DiscriminatorGoldenOnCudaTest");

  private TestParts() {}

  /**
   * The methods of classes.
   *
   * @param words a method is left out whose name contains none of them, unless there are none
   */
  static List<Part> of(List<String> classes, List<String> words) {
    System.setProperty("seqgan.cuda.driver", "machine"); // see EmulatedDriver
    Launcher launcher = LauncherFactory.create();
    List<DiscoverySelector> selectors =
        classes.stream().<DiscoverySelector>map(each -> selectClass(each)).toList();
    TestPlan plan =
        launcher.discover(LauncherDiscoveryRequestBuilder.request().selectors(selectors).build());
    return plan.getRoots().stream()
        .flatMap(engine -> plan.getChildren(engine).stream())
        .flatMap(testClass -> plan.getChildren(testClass).stream())
        .map(method -> part(launcher, method))
        .filter(part -> words.isEmpty() || words.stream().anyMatch(part.name()::contains))
        .toList();
  }

  private static Part part(Launcher launcher, TestIdentifier method) {
    return new Part(name(method), (stop, goesOn) -> run(launcher, method));
  }

  private static String name(TestIdentifier method) {
    String own = method.getLegacyReportingName().replace("()", "");
    return method
        .getSource()
        .filter(MethodSource.class::isInstance)
        .map(MethodSource.class::cast)
        .map(source -> source.getJavaClass().getSimpleName() + "." + own)
        .orElse(own);
  }

  private static Part.Result run(Launcher launcher, TestIdentifier method) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    launcher.execute(
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectUniqueId(method.getUniqueIdObject()))
            .build(),
        listener);
    TestExecutionSummary summary = listener.getSummary();
    ObjectNode measured = Json.object();
    measured.put(PASSED, summary.getTestsSucceededCount());
    measured.put(FAILED, summary.getTotalFailureCount());
    measured.put(SKIPPED, summary.getTestsAbortedCount() + summary.getTestsSkippedCount());
    ArrayNode failures = Json.object().putArray(FAILURES);
    summary.getFailures().stream()
        .limit(MOST_FAILURES)
        .map(each -> each.getTestIdentifier().getDisplayName() + ": " + each.getException())
        .forEach(failures::add);
    if (!failures.isEmpty()) {
      measured.set(FAILURES, failures);
    }
    boolean right = summary.getTotalFailureCount() == 0 && summary.getTestsFoundCount() > 0;
    return new Part.Result(right ? Part.State.DONE : Part.State.FAILED, measured);
  }

  /** Adds up what all parts counted. */
  static void summarise(CheckRecord record, List<Part> parts) {
    for (String count : COUNTS) {
      long sum = 0;
      for (Part part : parts) {
        sum += record.measured(part.name()).path(count).asLong();
      }
      record.summary().put(count, sum);
    }
  }

  /** Of a record in another folder: what its tests counted. */
  static ObjectNode counts(JsonNode record) {
    ObjectNode counts = Json.object();
    for (String count : List.of(PASSED, FAILED, SKIPPED, "remaining")) {
      counts.set(count, record.path(count));
    }
    return counts;
  }
}
