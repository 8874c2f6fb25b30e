package io.github.dotagent.agent.install;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassLoadsUnderWayTest {
  private static final int NATIVE = -2; // StackTraceElement
  private static final StackTraceElement RUN = frame("example.Task", "run", 10);
  private static final StackTraceElement RUN_ON = frame("example.Task", "run", 11);
  private static final StackTraceElement TRANSFORM =
      frame("sun.instrument.InstrumentationImpl", "transform", 500);
  private static final StackTraceElement OURS = frame("example.Transformer", "transform", 5);
  private static final StackTraceElement READ =
      frame("sun.nio.ch.SocketDispatcher", "read0", NATIVE);
  private static final StackTraceElement FOR_NAME = frame("java.lang.Class", "forName0", NATIVE);

  private final Deque<Map<Thread, StackTraceElement[]>> looks = new ArrayDeque<>();
  private int pauses;

  @Test
  void nothingIsWaitedForWhenNothingRuns() {
    assertEquals(0, afterLooks(5, List.of()));
    assertEquals(0, pauses);
  }

  @Test
  void waitsUntilTheThreadHasMovedOn() {
    assertEquals(0, afterLooks(5, List.of(RUN), List.of(RUN), List.of(RUN_ON), List.of(RUN_ON)));
    assertEquals(2, pauses);
  }

  @Test
  void waitsUntilTheThreadSleeps() {
    assertEquals(0, afterLooks(5, List.of(RUN), List.of(RUN), List.of()));
    assertEquals(2, pauses);
  }

  @Test
  void aFinishedTransformerIsStillTheSameLoad() {
    assertEquals(
        0, afterLooks(5, List.of(OURS, TRANSFORM, RUN), List.of(RUN), List.of(RUN), List.of()));
    assertEquals(3, pauses);
  }

  @Test
  void aNativeReadLoadsNothing() {
    assertEquals(0, afterLooks(5, List.of(READ, RUN)));
    assertEquals(0, pauses);
  }

  /** Transformers are shown the classes meanwhile. */
  @Test
  void classesAreMadeAnewInANativeMethod() {
    StackTraceElement making =
        frame("sun.instrument.InstrumentationImpl", "retransformClasses0", NATIVE);
    assertEquals(
        0, afterLooks(5, List.of(making, RUN), List.of(making, RUN), List.of(making, RUN_ON)));
    assertEquals(2, pauses);
  }

  /** Every JVM has it. */
  @Test
  void theReferenceHandlerIsNotWaitedFor() {
    StackTraceElement pending =
        frame("java.lang.ref.Reference", "waitForReferencePendingList", NATIVE);
    assertEquals(0, afterLooks(5, List.of(pending, RUN)));
    assertEquals(0, pauses);
  }

  @Test
  void aNativeMethodThatLoadsIsWaitedFor() {
    assertEquals(0, afterLooks(5, List.of(FOR_NAME, RUN), List.of(FOR_NAME, RUN), List.of(RUN)));
    assertEquals(2, pauses);
  }

  @Test
  void theWaitForAThreadIsBounded() {
    assertEquals(1, afterLooks(3, List.of(RUN)));
    assertEquals(3, pauses);
  }

  /** One thread's stacks at each look, innermost first; the last one stays. Empty: it sleeps. */
  @SafeVarargs
  private int afterLooks(int most, List<StackTraceElement>... stacks) {
    Thread thread = new Thread("example");
    for (List<StackTraceElement> stack : stacks) {
      looks.add(look(thread, stack));
    }
    return new ClassLoadsUnderWay(new Scripted()).await(most);
  }

  private static Map<Thread, StackTraceElement[]> look(
      Thread thread, List<StackTraceElement> stack) {
    Map<Thread, StackTraceElement[]> look = new HashMap<>();
    if (!stack.isEmpty()) {
      look.put(thread, stack.toArray(new StackTraceElement[0]));
    }
    return look;
  }

  private static StackTraceElement frame(String type, String method, int line) {
    return new StackTraceElement(type, method, "Any.java", line);
  }

  private final class Scripted implements ClassLoadsUnderWay.Running {
    @Override
    public Map<Thread, StackTraceElement[]> stacks() {
      return looks.size() > 1 ? looks.remove() : looks.element();
    }

    @Override
    public void letThemRun() {
      pauses++;
    }
  }
}
