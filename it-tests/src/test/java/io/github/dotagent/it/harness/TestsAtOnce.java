package io.github.dotagent.it.harness;

import java.util.concurrent.ForkJoinPool;
import java.util.function.Predicate;
import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.engine.support.hierarchical.ParallelExecutionConfiguration;
import org.junit.platform.engine.support.hierarchical.ParallelExecutionConfigurationStrategy;

/**
 * Three tests for each processor, as most of them wait for a timeout or a server half of the time;
 * and one on one processor, which has to do what waiting does not leave to another. Named in {@code
 * junit-platform.properties}.
 */
public final class TestsAtOnce
    implements ParallelExecutionConfigurationStrategy, ParallelExecutionConfiguration {
  private static final int FOR_EACH_PROCESSOR = 3;

  /** Of an idle thread. JUnit's own. */
  private static final int KEPT_SECONDS = 30;

  private final int tests = on(Runtime.getRuntime().availableProcessors());

  static int on(int processors) {
    return processors == 1 ? 1 : FOR_EACH_PROCESSOR * processors;
  }

  @Override
  public ParallelExecutionConfiguration createConfiguration(ConfigurationParameters parameters) {
    return this;
  }

  @Override
  public int getParallelism() {
    return tests;
  }

  @Override
  public int getMinimumRunnable() {
    return 0; // no thread more for one that waits, as a fork-join pool would have it
  }

  @Override
  public int getMaxPoolSize() {
    return tests;
  }

  @Override
  public int getCorePoolSize() {
    return tests;
  }

  @Override
  public int getKeepAliveSeconds() {
    return KEPT_SECONDS;
  }

  /** A waiting thread is not replaced; without this answer the pool would fail it. */
  @Override
  public Predicate<? super ForkJoinPool> getSaturatePredicate() {
    return pool -> true;
  }
}
