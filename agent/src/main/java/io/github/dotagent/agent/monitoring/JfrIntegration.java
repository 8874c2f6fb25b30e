package io.github.dotagent.agent.monitoring;

import io.github.dotagent.metrics.Watch;
import io.github.dotagent.metrics.Watcher;
import java.io.Closeable;
import java.io.IOException;

/** The JDK's Flight Recorder, where there is one: Java 11 and newer, and 8 from 8u262 on. */
final class JfrIntegration implements LazyIntegration {
  /** By name: its superclass is not on every Java. */
  private static final String EVENTS = "io.github.dotagent.agent.monitoring.jfr.FlightEvents";

  private final Watch watch;
  private volatile Closeable events; // null until it is joined

  JfrIntegration(Watch watch) {
    this.watch = watch;
  }

  @Override
  public String className() {
    return "jdk.jfr.FlightRecorder";
  }

  /** It stays awake when a recording ends; then its events cost almost nothing. */
  @Override
  public boolean isAwake(Class<?> flightRecorder) throws ReflectiveOperationException {
    return (Boolean) flightRecorder.getMethod("isInitialized").invoke(null);
  }

  @Override
  public void join() throws ReflectiveOperationException {
    Class<?> type = Class.forName(EVENTS, true, JfrIntegration.class.getClassLoader());
    Watcher made = type.asSubclass(Watcher.class).getDeclaredConstructor().newInstance();
    events = (Closeable) made;
    watch.by(made);
  }

  @Override
  public void leave() throws IOException {
    watch.by(null);
    if (events != null) {
      events.close();
    }
  }

  @Override
  public String toString() {
    return "JFR";
  }
}
