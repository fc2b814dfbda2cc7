package org.seqgan.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * A run of the tests of one class, as JUnit runs them, and how each came out. For tests of
 * contracts: a contract is right when it fails on plugins that are wrong on purpose. Needs {@code
 * org.junit.platform:junit-platform-launcher} on the class path, which nothing else here does.
 */
public final class ContractRun {
  private static final String PARAMETER = "seqgan.contract.run";

  private final Map<String, String> failures = new TreeMap<>();
  private int succeeded;

  private ContractRun() {}

  /** Runs all tests of a class and waits for them. */
  public static ContractRun of(Class<?> contract) {
    ContractRun run = new ContractRun();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(contract))
                .configurationParameter(PARAMETER, "true")
                .build(),
            run.new Listener());
    return run;
  }

  /** The messages of tests that failed or were aborted, by the names of their methods. */
  public Map<String, String> failures() {
    return Collections.unmodifiableMap(failures);
  }

  /** How many tests passed. */
  public int succeeded() {
    return succeeded;
  }

  /**
   * Extends classes that are wrong on purpose: they run in a {@link ContractRun} and nowhere else,
   * though a build tool or an editor may take them for tests.
   */
  public static final class Only implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return context.getConfigurationParameter(PARAMETER).isPresent()
          ? ConditionEvaluationResult.enabled("in a ContractRun")
          : ConditionEvaluationResult.disabled("wrong on purpose: for a ContractRun alone");
    }
  }

  private final class Listener implements TestExecutionListener {
    @Override
    public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
      if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
        failures.put(
            nameOf(identifier), result.getThrowable().map(Throwable::getMessage).orElse(""));
      } else if (identifier.isTest()) {
        succeeded++;
      }
    }

    private static String nameOf(TestIdentifier identifier) {
      return identifier
          .getSource()
          .filter(MethodSource.class::isInstance)
          .map(source -> ((MethodSource) source).getMethodName())
          .orElse(identifier.getDisplayName());
    }
  }
}
