package io.github.dotagent.agent.hook.nameservice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.dotagent.agent.hook.Retransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusedLookupsTest {
  private final List<Object> transformers = new ArrayList<>(List.of("another agent's"));
  private final List<List<?>> patched = new ArrayList<>(); // the transformers at each patch
  private boolean broken;

  private final Instrumentation instrumentation =
      (Instrumentation)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {Instrumentation.class},
              (self, method, arguments) -> {
                switch (method.getName()) {
                  case "addTransformer":
                    assertEquals(true, arguments[1], "it can retransform");
                    transformers.add(arguments[0]);
                    return null;
                  case "removeTransformer":
                    return transformers.remove(arguments[0]);
                  default:
                    assertEquals("retransformClasses", method.getName());
                    assertEquals(List.of(InetAddress.class), List.of((Object[]) arguments[0]));
                    if (broken) {
                      throw new InternalError("of the JVM");
                    }
                    patched.add(List.copyOf(transformers));
                    return null;
                }
              });

  private final Retransformer retransformer = new Retransformer(instrumentation);
  private final RefusedLookups refusal = new RefusedLookups("refused");

  @Test
  void theTransformerMovesBehindLaterOnes() throws Exception {
    refusal.begin(instrumentation, retransformer);
    transformers.add("a later one");
    refusal.begin(instrumentation, retransformer);
    assertEquals(
        List.of(
            List.of("another agent's", refusal),
            List.of("another agent's", "a later one", refusal)),
        patched);
  }

  /** The watchdog of the hook tries it every few seconds. */
  @Test
  void failedAttemptsLeaveOneTransformer() {
    broken = true;
    for (int i = 0; i < 3; i++) {
      assertThrows(InternalError.class, () -> refusal.begin(instrumentation, retransformer));
    }
    assertEquals(List.of("another agent's", refusal), transformers);
  }

  @Test
  void theEndRetransformsTheClassWithoutTheTransformer() throws Exception {
    refusal.begin(instrumentation, retransformer);
    refusal.end(instrumentation);
    assertEquals(List.of("another agent's"), transformers);
    assertEquals(List.of("another agent's"), patched.get(1));
  }

  /** A detach must succeed also while the JVM ends. */
  @Test
  void theEndSucceedsWhileTheJvmEnds() throws Exception {
    refusal.begin(instrumentation, retransformer);
    retransformer.end();
    refusal.end(instrumentation);
    assertEquals(2, patched.size());
  }
}
