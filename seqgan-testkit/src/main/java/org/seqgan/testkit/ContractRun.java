package org.seqgan.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
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
  private final Map<String, String> failures = new TreeMap<>();
  private int succeeded;

  private ContractRun() {}

  /** Runs all tests of a class and waits for them. */
  public static ContractRun of(Class<?> contract) {
    ContractRun run = new ContractRun();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(contract)).build(),
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
