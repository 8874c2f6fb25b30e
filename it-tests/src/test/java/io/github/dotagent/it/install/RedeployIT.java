package io.github.dotagent.it.install;

import static io.github.dotagent.it.install.Watched.AGENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.server.ConnectFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** The agent keeps no class of a program alive, and not the JVM. */
class RedeployIT {
  private static final int TIMES = 20;

  /** A JVM starts and ends in a fortieth of it; a lookup's timeout is longer. */
  private static final Duration AT_ONCE = Duration.ofSeconds(20);

  private static final String SERVER =
      """
      package server;

      import java.io.File;
      import java.lang.ref.WeakReference;
      import java.util.ArrayList;
      import java.util.List;
      import org.apache.catalina.Context;
      import org.apache.catalina.startup.Tomcat;

      public class Main {
        public static void main(String[] args) throws Exception {
          Tomcat tomcat = new Tomcat();
          tomcat.setBaseDir(args[0]);
          tomcat.setPort(0);
          tomcat.getHost().setAppBase(args[0]);
          tomcat.start();
          List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
          for (int i = 0; i < Integer.parseInt(args[2]); i++) {
            loaders.add(deployed(tomcat, args[1]));
          }
          System.out.println("deployed " + loaders.size());
          // ends within the second; the bound is for a leak
          for (int i = 0; i < 50 && left(loaders) > 0; i++) {
            System.gc();
            Thread.yield();
          }
          System.out.println("left " + left(loaders));
          tomcat.stop();
          tomcat.destroy();
        }

        private static WeakReference<ClassLoader> deployed(Tomcat tomcat, String war)
            throws Exception {
          Context context = tomcat.addWebapp("/app", new File(war).getAbsolutePath());
          WeakReference<ClassLoader> loader =
              new WeakReference<>(context.getLoader().getClassLoader());
          context.stop();
          tomcat.getHost().removeChild(context);
          context.destroy();
          return loader;
        }

        private static int left(List<WeakReference<ClassLoader>> loaders) {
          int left = 0;
          for (WeakReference<ClassLoader> loader : loaders) {
            left += loader.get() == null ? 0 : 1;
          }
          return left;
        }
      }
      """;

  /** Holds an object in an inheritable thread local, which a new thread would inherit. */
  private static final String WEB_APPLICATION =
      """
      package app;

      import java.net.InetAddress;
      import javax.servlet.ServletContextEvent;
      import javax.servlet.ServletContextListener;

      public class Listener implements ServletContextListener {
        private static final InheritableThreadLocal<Object> MINE = new InheritableThreadLocal<>();

        public void contextInitialized(ServletContextEvent event) {
          MINE.set(new Listener());
          try {
            String name = System.nanoTime() + ".many.example.test";
            System.out.println(InetAddress.getByName(name).getHostAddress());
            InetAddress.getByName(System.nanoTime() + ".nobody.example.test");
          } catch (java.net.UnknownHostException expectedOnce) {
            // the second name does not exist
          } finally {
            MINE.remove();
          }
        }

        public void contextDestroyed(ServletContextEvent event) {}
      }
      """;

  @TempDir Path folder;

  @EachJava(one = true)
  void aWebApplicationRedeployedLeavesNoLoaderBehind(JavaHome java) {
    Path classes =
        Sources.in(folder.resolve("listener"))
            .with(ThirdParty.TOMCAT)
            .file("app/Listener.java", WEB_APPLICATION)
            .compile();
    Path war =
        new JarFileOf()
            .folder("WEB-INF/classes/", classes)
            .entry(
                "WEB-INF/web.xml",
                "<web-app version=\"4.0\" metadata-complete=\"true\">"
                    + "<listener><listener-class>app.Listener</listener-class></listener></web-app>")
            .write(folder.resolve("program.war"));
    Path server =
        Sources.in(folder.resolve("server"))
            .with(ThirdParty.TOMCAT)
            .file("server/Main.java", SERVER)
            .compile();
    ChildJvm program =
        ChildJvm.of(java, "server.Main")
            .classPath(server, ThirdParty.TOMCAT, ThirdParty.TOMCAT_ANNOTATIONS)
            .jvmArgs(AGENT)
            .args(folder.toString(), war.toString(), Integer.toString(TIMES));
    Watched run = Watched.run(folder, program).notLeaked();
    List<String> said = run.result().stdout();
    assertEquals(TIMES, said.stream().filter(Watched.OVER_TLS::equals).count(), run.toString());
    assertTrue(said.contains("deployed " + TIMES), run.toString());
    assertTrue(said.contains("left 0"), run.toString());
    assertEquals(0, run.result().exitCode());
  }

  /**
   * No thread of ours is left in a read, for which the JVM would wait; and the close comes after
   * the program's own hooks.
   */
  @EachJava
  void theConnectionsEndWithTheProgramAndAfterItsHooks(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      ChildResult result =
          dot.agent()
              .set("log.level", "debug")
              .on(ChildJvm.program(java, "UnusualCallers"))
              .args("shutdown", "one.many.example.test")
              .run();
      assertEquals(List.of("ok " + Watched.OVER_TLS), result.stdout());
      List<String> said = result.stderr();
      int closed = indexOf(said, "the JVM is shutting down: connections are closed");
      assertTrue(indexOf(said, "one.many.example.test A: RECORDS") < closed, said.toString());
      assertTrue(indexOf(said, "connected to ") < closed, said.toString());
      assertEquals(0, result.exitCode());
    }
  }

  private static int indexOf(List<String> lines, String part) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(part)) {
        return i;
      }
    }
    throw new AssertionError(part + " is not in " + lines);
  }

  /** Even while we wait for a server that says nothing. */
  @EachJava(every = true)
  void aProgramThatEndsEnds(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      dot.server.faults().onEveryConnection(ConnectFault.SILENCE);
      ChildResult result =
          dot.agent()
              .on(ChildJvm.program(java, "LookupProgram"))
              .args("byName", "127.0.0.1")
              .run()
              .quiet();
      assertTrue(result.took().compareTo(AT_ONCE) < 0, result.toString());
    }
  }
}
