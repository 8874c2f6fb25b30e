package io.github.dotagent.it.install;

import static io.github.dotagent.it.install.Watched.AGENT;
import static io.github.dotagent.it.install.Watched.OVER_TLS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program's global settings do not affect the agent, and the agent does not initialise global
 * state.
 */
class HostileProgramIT {
  private static final String NAME = "one.many.example.test";
  private static final String OTHER = "two.many.example.test";

  /**
   * Classes whose first user sets them up for the whole JVM, perhaps not as the program wants
   * (Elastic #1202, OpenTelemetry #11143).
   */
  private static final Pattern THE_PROGRAMS =
      Pattern.compile(
          "sun\\.security\\.ssl\\.SSLContextImpl\\$Default(SSLContext|Managers)Holder"
              + "|javax\\.management\\..*|java\\.lang\\.management\\..*"
              + "|java\\.util\\.logging\\..*|sun\\.util\\.logging\\..*"
              + "|java\\.lang\\.System\\$LoggerFinder.*");

  /** {@code [0.1s][info][class,load] NAME source: …}, and Java 8's {@code [Loaded NAME from …]}. */
  private static final Pattern LOADED =
      Pattern.compile(".*(?:\\] |\\[Loaded )([\\w.$]+)(?: source:.*| from .*)");

  @TempDir Path folder;

  @EachJava(one = true)
  void theSettingsOfAProgramChangeNothing(JavaHome java) {
    List<String> changes =
        List.of(
            "sslContext",
            "trustStore",
            "provider",
            "security",
            "contextLoader",
            "properties",
            "streams");
    List<ChildJvm> programs = new ArrayList<>();
    for (String change : changes) {
      programs.add(
          ChildJvm.program(java, "HostileProgram").jvmArgs(AGENT).args(change, NAME, "localhost"));
    }
    programs.add(
        ChildJvm.program(java, "HostileProgram")
            .jvmArgs(AGENT, "-Djava.util.logging.manager=no.such.LogManager")
            .jvmArgs("-Djavax.net.ssl.trustStore=/nonexistent/trust.p12")
            .args("nothing", NAME, "localhost"));
    List<Watched> runs = Watched.runAll(folder, programs.toArray(ChildJvm[]::new));
    for (int i = 0; i < runs.size(); i++) {
      Watched run = runs.get(i);
      assertEquals("ok " + OVER_TLS, run.result().stdout().get(0), programs.get(i) + "\n" + run);
      run.asked(NAME);
      if (i < changes.size()) {
        run.quiet();
      }
    }
  }

  /** Compared with the same program without the agent, which looks up the same names. */
  @EachJava
  void thingsThatTheProgramSetsUpAreLeftAlone(JavaHome java) {
    ChildJvm program =
        ChildJvm.program(java, "LookupProgram")
            .jvmArgs(java.major() == 8 ? "-verbose:class" : "-Xlog:class+load")
            .args("byName", NAME, "byName", "two.many.example.test");
    List<Watched> runs = Watched.runAll(folder, program, program.jvmArgs(AGENT));
    Set<String> ours = new TreeSet<>(loaded(runs.get(1)));
    assertTrue(ours.contains("java.net.InetAddress"), "the log of classes is understood");
    ours.removeAll(loaded(runs.get(0)));
    ours.removeIf(name -> !THE_PROGRAMS.matcher(name).matches());
    assertEquals(Set.of(), ours);
    assertTrue(runs.get(1).asked().contains(NAME + " A"), runs.get(1).asked().toString());
  }

  /** Its log manager, though it names it after a lookup; and the JDK's security log is its own. */
  @EachJava
  void theProgramsLoggingIsAsWithoutUs(JavaHome java) {
    ChildJvm program = ChildJvm.program(java, "LateLogging").args(NAME, OTHER);
    Watched run = Watched.runWithAgent(folder, program);
    List<String> expected = new ArrayList<>(List.of("ok " + OVER_TLS, "manager Manager", "end"));
    if (java.major() >= 11) {
      expected.add(2, "event SecurityPropertyModification: key:{0}, value:{1}");
    }
    run.resolved(expected, NAME, OTHER).quiet();
  }

  private static Set<String> loaded(Watched run) {
    Set<String> names = new TreeSet<>();
    for (String line : run.result().stdout()) {
      var matcher = LOADED.matcher(line);
      if (matcher.matches()) {
        names.add(matcher.group(1));
      }
    }
    return names;
  }
}
