package io.github.dotagent.it.install;

import io.github.dotagent.it.command.running.Jdk8;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/**
 * BlockHound lets no thread wait that Reactor calls non-blocking, and does not see a lookup of the
 * JDK's: it waits in native code. One of ours is made there as well, without a word to BlockHound.
 */
class BlockHoundIT {
  private static final String LOOKING_UP =
      """
      import java.net.InetAddress;
      import java.util.ArrayList;
      import java.util.List;
      import java.util.concurrent.Callable;
      import java.util.concurrent.CompletableFuture;
      import reactor.blockhound.BlockHound;
      import reactor.core.scheduler.Schedulers;

      public class LookingUp {
        static final List<String> SEEN = new ArrayList<>();

        public static void main(String[] how) throws Exception {
          if (how[0].equals("late")) {
            System.out.println(InetAddress.getByName("zero.many.example.test").getHostAddress());
          }
          if (how[0].equals("said")) {
            BlockHound.builder().loadIntegrations()
                .blockingMethodCallback(method -> SEEN.add(method.toString()))
                .install();
            Thread.sleep(1100); // the agent looks once a second whether it is there
          } else {
            BlockHound.install();
          }
          System.out.println("sleep " + on(() -> { Thread.sleep(1); return "slept"; }));
          System.out.println("seen " + SEEN.size());
          for (String name : new String[] {"one", "two", "three"}) {
            System.out.println(name + " " + on(() -> address(name + ".many.example.test")));
          }
          System.out.println("none " + on(() -> address("nobody.example.test")));
          System.out.println(
              "reverse "
                  + on(() -> InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1}).getHostName()));
          System.out.println("sleep " + on(() -> { Thread.sleep(1); return "slept"; }));
          System.out.println("seen " + SEEN.size());
          System.exit(0);
        }

        static String address(String name) throws Exception {
          return InetAddress.getByName(name).getHostAddress();
        }

        static String on(Callable<String> work) throws Exception {
          CompletableFuture<String> said = new CompletableFuture<>();
          Schedulers.parallel()
              .schedule(
                  () -> {
                    try {
                      said.complete(work.call());
                    } catch (Throwable thrown) {
                      said.complete(thrown.getClass().getSimpleName());
                    }
                  });
          return said.get();
        }
      }
      """;

  private static final List<String> LOOKUPS =
      List.of(
          "one " + Watched.OVER_TLS,
          "two " + Watched.OVER_TLS,
          "three " + Watched.OVER_TLS,
          "none UnknownHostException",
          "reverse www.example.test");

  @TempDir static Path jdk8;
  @TempDir Path folder;

  @EachJava(one = true)
  void lookupsOnAThreadThatMayNotWait(JavaHome which) {
    // BlockHound attaches itself, which on Java 8 takes a JDK
    JavaHome java = which.major() == 8 ? Jdk8.of(which, jdk8) : which;
    ChildJvm program = program(java);
    List<Watched> runs = Watched.runAll(folder, program.args("late"), program.args("said"));
    List<String> late = new ArrayList<>(said("BlockingOperationError", 0, 0));
    late.add(0, Watched.OVER_TLS); // before it was there
    runs.get(0).resolved(late, names());
    runs.get(1).resolved(said("slept", 1, 2), names());
  }

  private static String[] names() {
    return new String[] {
      "one.many.example.test", "two.many.example.test", "three.many.example.test"
    };
  }

  private static List<String> said(String sleep, int before, int after) {
    List<String> lines = new ArrayList<>(List.of("sleep " + sleep, "seen " + before));
    lines.addAll(LOOKUPS);
    lines.addAll(List.of("sleep " + sleep, "seen " + after));
    return lines;
  }

  private ChildJvm program(JavaHome java) {
    List<Path> path = new ArrayList<>(ThirdParty.jars("clients"));
    path.add(ThirdParty.jar("blockhound"));
    path.add(
        Sources.in(folder)
            .file("LookingUp.java", LOOKING_UP)
            .with(path.toArray(Path[]::new))
            .compile());
    ChildJvm program = ChildJvm.of(java, "LookingUp").classPath(path.toArray(Path[]::new));
    if (java.major() >= 13) {
      // as BlockHound says there; deprecated ever since, and what its copy of Byte Buddy does not
      // know
      program =
          program.jvmArgs(
              "-XX:+AllowRedefinitionToAddDeleteMethods",
              "-Dreactor.blockhound.shaded.net.bytebuddy.experimental=true");
    }
    if (java.major() >= 21) {
      program = program.jvmArgs("-XX:+EnableDynamicAgentLoading");
    }
    return program.jvmArgs(Watched.AGENT);
  }
}
