package io.github.dotagent.it.harness;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Prints how far the run is, so that a person sees that it lives. Found by JUnit as a service. */
public final class ProgressLines implements TestExecutionListener {
  /** A class of tests may take minutes, and says nothing until it is over. */
  private static final long EVERY_SECONDS = 30;

  private final Progress progress = new Progress();
  private ScheduledExecutorService printer;

  @Override
  public void testPlanExecutionStarted(TestPlan plan) {
    long begun = System.nanoTime();
    printer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "progress-lines");
              thread.setDaemon(true);
              return thread;
            });
    printer.scheduleAtFixedRate(
        () -> System.out.println(progress.line(Duration.ofNanos(System.nanoTime() - begun))),
        EVERY_SECONDS,
        EVERY_SECONDS,
        TimeUnit.SECONDS);
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    printer.shutdownNow();
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    if (test.isTest()) {
      progress.begins(name(test));
    }
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    if (test.isTest()) {
      progress.skipped(name(test));
    }
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (test.isTest()) {
      switch (result.getStatus()) {
        case SUCCESSFUL -> progress.passes(name(test));
        case FAILED -> progress.fails(name(test));
        case ABORTED -> progress.skipped(name(test));
      }
    }
  }

  /** {@code CLASS.METHOD}, and the case where there are several. */
  private static String name(TestIdentifier test) {
    MethodSource method =
        test.getSource()
            .filter(MethodSource.class::isInstance)
            .map(MethodSource.class::cast)
            .orElse(null);
    if (method == null) {
      return test.getDisplayName();
    }
    String className = method.getClassName();
    String name =
        className.substring(className.lastIndexOf('.') + 1) + "." + method.getMethodName();
    String shown = test.getDisplayName();
    return shown.startsWith(method.getMethodName()) ? name : name + " " + shown;
  }
}
