package io.github.dotagent.it.command.lookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.command.Tool;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.server.AnswerFault;
import io.github.dotagent.it.harness.shape.ResponseShape;
import io.github.dotagent.it.harness.shape.ResponseShapes;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code lookup} shows everything a server sends, or refuses it in one line. Unit tests show it for
 * all data of all types; these are the shapes that ended in a stack trace once, and their siblings:
 * other kinds of requests, and damaged records of types whose data has a form.
 */
@Tag("wide")
class LookupOfShapesIT {
  /** It exists, it does not, and no server gave an answer. */
  private static final Set<Integer> EXIT_CODES = Set.of(0, 1, 3);

  @TempDir Path folder;

  @EachJava(few = true)
  void eachResponseIsShownOrRefusedInOneLine(JavaHome java) {
    Tool tool = new Tool(java);
    List<ResponseShape> shapes =
        ResponseShapes.all().stream().filter(LookupOfShapesIT::isTried).toList();
    assertTrue(shapes.size() > 10, shapes.toString());
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      dot.server.faults().onEveryAnswer(new AnswerFault.Message(ResponseShapes::respond));
      String[] settings = dot.agent().set("timeout", "10s").settingArgs().toArray(String[]::new);
      for (ResponseShape shape : shapes) {
        ChildResult shown = tool.command("lookup", shape.host()).jvmArgs(settings).run();
        assertTrue(EXIT_CODES.contains(shown.exitCode()), shown::toString);
        if (shown.exitCode() == 0) {
          assertEquals(List.of(), shown.stderr(), shown::toString);
          assertTrue(shown.stdout().size() > 1, shown::toString);
        } else if (shown.exitCode() == 3) {
          assertEquals(1, shown.stderr().size(), shown::toString);
          assertTrue(shown.stderr().get(0).startsWith("dot-agent: "), shown::toString);
          assertTrue(shown.stdout().size() <= 1, shown::toString); // the session, which is known
        }
      }
    }
  }

  /** Types 11, 16 and 250: WKS, TXT and TSIG. */
  private static boolean isTried(ResponseShape shape) {
    return shape.name().startsWith("opcode-")
        || shape.name().matches("damaged-type-(11|16|250)-.*");
  }
}
