package io.github.dotagent.it.shape;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.InNamespace;
import io.github.dotagent.it.Ipv6OfThisMachine;
import io.github.dotagent.it.RealServer;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.load.LoadReport;
import io.github.dotagent.it.harness.server.AnswerFault;
import io.github.dotagent.it.harness.shape.ResponseShape;
import io.github.dotagent.it.harness.shape.ResponseShapes;
import io.github.dotagent.it.shape.ExpectedShapes.Expected;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that answers in every shape, right and wrong: the agent finds what the JDK finds by
 * itself, and what it finds behind Unbound, but for what the tables give a reason for. Each is
 * looked up twice.
 */
@Timeout(240)
class ResponseShapesIT {
  /** A response to another question ends the connection, and what else is on it is asked again. */
  private static final int ONE_AT_A_TIME = 1;

  @TempDir Path folder;

  @EachJava(few = true)
  void withTheAgent(JavaHome java) {
    Assumptions.assumeTrue(Ipv6OfThisMachine.PRESENT, Ipv6OfThisMachine.ABSENT);
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      dot.server.faults().onEveryAnswer(new AnswerFault.Message(ResponseShapes::respond));
      ChildJvm program =
          dot.agent()
              .set("search", "off")
              .set("timeout", "2s") // a response to another question is none, and waited for
              .set("log.level", "off") // what is wrong with the server would be a line each
              .uncachedOn(ChildJvm.program(java, "ManyLookups"));
      assertFound(ShapeLookups.run(program, ONE_AT_A_TIME), Expected::agent);
    }
  }

  /** The JDK with this machine's glibc gives the same table. */
  @EachJava(few = true)
  void withoutTheAgent(JavaHome java) {
    InNamespace.assumePossible(ResponseShapesIT.class);
    List<String> said =
        InNamespace.run(StockScenario.class, StockScenario.network(folder), java, folder);
    assertFound(said, Expected::stock);
  }

  /** The JDK by itself, whose name server is an Unbound that forwards to the server of shapes. */
  @EachJava(few = true)
  void behindUnbound(JavaHome java) {
    InNamespace.assumePossible(ResponseShapesIT.class);
    boolean there = RealServer.UNBOUND.binary().isPresent();
    if (!there) {
      // the report has the reason as well; the console would show a bare count
      System.out.println("ResponseShapesIT skipped: unbound is not on this machine");
    }
    Assumptions.assumeTrue(there, "unbound is not on this machine");
    List<String> said =
        InNamespace.run(UnboundScenario.class, UnboundScenario.network(folder), java, folder);
    assertFound(said, Expected::unbound);
  }

  /** Broken load balancers do so; 25 of 300 names were not found where answers came at once. */
  @EachJava(few = true)
  void nxdomainForOneFamilyHidesNoOther(JavaHome java) {
    ResponseShape half =
        ResponseShapes.all().stream()
            .filter(shape -> shape.name().equals("a-found-aaaa-nxdomain"))
            .findFirst()
            .orElseThrow();
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild child =
            dot.agent().uncachedOn(ChildJvm.program(java, "LoadProgram")).start()) {
      dot.server.faults().onEveryAnswer(new AnswerFault.Message(half.response()));
      LoadReport.begin(child, "half.example");
      LoadReport report = LoadReport.closed(child, 20, 300, "half.example");
      assertEquals("none", report.firstFailure(), report::toString);
    }
  }

  private static void assertFound(List<String> said, Function<Expected, String> expected) {
    Map<String, Expected> table = ExpectedShapes.read();
    assertTrue(table.size() >= 150, "shapes: " + table.size());
    List<ResponseShape> shapes = ResponseShapes.all();
    assertEquals(shapes.size(), said.size());
    List<Executable> each = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      ResponseShape shape = shapes.get(i);
      String line = shape.host() + " " + expected.apply(table.get(shape.name()));
      String came = said.get(i);
      each.add(() -> assertEquals(line, came));
    }
    assertAll(each);
  }
}
