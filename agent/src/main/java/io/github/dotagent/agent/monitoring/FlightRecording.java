package io.github.dotagent.agent.monitoring;

import io.github.dotagent.metrics.Watch;
import io.github.dotagent.metrics.Watcher;

/** The JDK's Flight Recorder, where there is one: Java 11 and newer, and 8 from 8u262 on. */
final class FlightRecording implements LazyIntegration {
  /** By name: its superclass is not on every Java. */
  private static final String EVENTS = "io.github.dotagent.agent.monitoring.jfr.FlightEvents";

  private final Watch watch;

  FlightRecording(Watch watch) {
    this.watch = watch;
  }

  @Override
  public String className() {
    return "jdk.jfr.FlightRecorder";
  }

  /** It stays awake when a recording ends; then its events cost next to nothing. */
  @Override
  public boolean isAwake(Class<?> flightRecorder) throws ReflectiveOperationException {
    return (Boolean) flightRecorder.getMethod("isInitialized").invoke(null);
  }

  @Override
  public void join() throws ReflectiveOperationException {
    Class<?> events = Class.forName(EVENTS, true, FlightRecording.class.getClassLoader());
    watch.by(events.asSubclass(Watcher.class).getDeclaredConstructor().newInstance());
  }

  @Override
  public String toString() {
    return "JFR";
  }
}
