package io.github.dotagent.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.ChildResult;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.server.RecordedQuery;
import io.github.dotagent.it.harness.web.EchoOnLoopback;
import io.github.dotagent.it.harness.web.HttpServerOnLoopback;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;

/** Every way in which a program looks a name up leads to the server, and the answer back. */
class LookupIT {
  private static final String ALL_OF_WWW =
      "192.0.2.1 192.0.2.2" + (Ipv6OfThisMachine.PRESENT ? " 2001:db8:0:0:0:0:0:1" : "");

  /** The same, one lookup later. */
  private static final String ALL_OF_WWW_IN_TURN =
      "192.0.2.2 192.0.2.1" + (Ipv6OfThisMachine.PRESENT ? " 2001:db8:0:0:0:0:0:1" : "");

  private static final String IPV6_POINTER =
      "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa";

  private static final String UNKNOWN = "ok java.net.UnknownHostException: ";

  @TempDir Path folder;

  @EachJava(every = true)
  void everyWayOfLookingUp(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        EchoOnLoopback echo = EchoOnLoopback.start();
        HttpServerOnLoopback web = HttpServerOnLoopback.start().page("/page", "A page.")) {
      ChildResult result =
          dot.agent()
              .uncachedOn(ChildJvm.program(java, "LookupProgram"))
              .args("byName", "www.example.test", "allByName", "www.example.test")
              .args("allByName", "alias.example.test", "byName", "WWW.Example.Test")
              .args("byName", "www.example.test.")
              .args("reverse", "192.0.2.1", "reverse", "2001:db8::1")
              .args("socket", "here.example.test", Integer.toString(echo.port()))
              .args("http", "http://here.example.test:" + web.port() + "/page")
              .run()
              .quiet();
      assertEquals(
          List.of(
              "ok 192.0.2.1",
              "ok " + ALL_OF_WWW_IN_TURN,
              "ok " + ALL_OF_WWW, // the first lookup of the alias
              "ok 192.0.2.1",
              "ok 192.0.2.2",
              "ok canonical=www.example.test host=www.example.test",
              // without IPv6 the name does not lead back to the address, so the JDK disbelieves it
              Ipv6OfThisMachine.PRESENT
                  ? "ok canonical=www.example.test host=www.example.test"
                  : "ok canonical=2001:db8:0:0:0:0:0:1 host=2001:db8:0:0:0:0:0:1",
              "ok 127.0.0.1 echo hello",
              "ok 200 A page."),
          result.stdout());
      assertEquals(
          questions(
              List.of("www.example.test", "alias.example.test", "here.example.test"),
              List.of("1.2.0.192.in-addr.arpa PTR", IPV6_POINTER + " PTR")),
          dot.questions());
      assertAskedOnce(dot);
      assertPrivate(dot);
      assertEquals(1, dot.server.log().connections().size(), "one connection for all of them");
    }
  }

  @EachJava(from = 11)
  void javaNetHttp(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        HttpServerOnLoopback web = HttpServerOnLoopback.start().page("/page", "A page.")) {
      ChildResult result =
          dot.agent()
              .on(ChildJvm.program11(java, "HttpClientProgram"))
              .args("http://here.example.test:" + web.port() + "/page")
              .run()
              .quiet();
      assertEquals(List.of("ok 200 A page."), result.stdout());
      assertEquals(questions(List.of("here.example.test"), List.of()), dot.questions());
      assertPrivate(dot);
    }
  }

  @EachJava
  void aNameThatDoesNotExist(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      ChildResult result =
          dot.agent()
              .uncachedOn(ChildJvm.program(java, "LookupProgram"))
              .args("why", "nobody.example.test", "why", "dangling.example.test")
              .args("why", "text.example.test", "reverse", "192.0.2.200")
              .args("why", "nobody.example.test", "why", "text.example.test")
              .run()
              .quiet();
      String noSuchName = UNKNOWN + "nobody.example.test: no such name (NXDOMAIN from 127.0.0.1)";
      String text = UNKNOWN + "text.example.test: no address (NODATA from 127.0.0.1)";
      assertEquals(
          List.of(
              noSuchName,
              UNKNOWN + "dangling.example.test: no such name (NXDOMAIN from 127.0.0.1)",
              text,
              "ok canonical=192.0.2.200 host=192.0.2.200",
              noSuchName,
              text),
          result.stdout());
      assertAskedOnce(dot);
    }
  }

  /** The server is healthy, the name fails: the reason is passed on, and kept for a second. */
  @EachJava
  void aNameThatTheServerCannotAnswerHasItsReason(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      ChildResult result =
          dot.agent()
              .uncachedOn(ChildJvm.program(java, "LookupProgram"))
              .args("why", "broken.example.test", "why", "broken.example.test")
              .args("why", "blocked.example.test")
              .run()
              .quiet();
      String said = result.stdout().get(0);
      String expected = "broken.example.test: no answer over TLS: " + dot.upstream();
      assertTrue(said.startsWith(UNKNOWN + expected + " answered SERVFAIL ("), said);
      assertTrue(said.contains("nobody there"), "the server's own words: " + said);
      assertTrue(said.contains(" | "), "the cause is kept: " + said);
      assertEquals(said, result.stdout().get(1));
      String blocked = "blocked.example.test: no such name (NXDOMAIN from 127.0.0.1; ";
      assertTrue(
          result.stdout().get(2).startsWith(UNKNOWN + blocked + "EDE 15: gambling)"), "" + result);
      int types = Ipv6OfThisMachine.PRESENT ? 2 : 1;
      assertEquals(types, dot.server.log().queries("broken.example.test").size());
    }
  }

  @EachJava
  void localNamesAskNoServer(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      ChildResult result =
          dot.agent()
              .uncachedOn(ChildJvm.program(java, "LookupProgram"))
              .args("byName", "localhost", "byName", "anything.localhost")
              .args("byName", "192.0.2.77", "byName", "2001:db8::77", "byName", "[2001:db8::78]")
              .args("why", "nothing.invalid", "why", "secret.onion", "why", "two..dots.example")
              .args("byName", "www.example.test") // that something is asked at all
              .run()
              .quiet();
      List<String> said = result.stdout();
      assertEquals(
          List.of(
              "ok 127.0.0.1",
              "ok 127.0.0.1",
              "ok 192.0.2.77",
              "ok 2001:db8:0:0:0:0:0:77",
              "ok 2001:db8:0:0:0:0:0:78"),
          said.subList(0, 5));
      for (String refused : said.subList(5, 8)) {
        assertTrue(refused.startsWith(UNKNOWN), refused);
      }
      assertEquals("ok 192.0.2.1", said.get(8));
      assertEquals(questions(List.of("www.example.test"), List.of()), dot.questions());
    }
  }

  /** As programs rely on it: a repeated lookup within the JVM's second does not reach the agent. */
  @EachJava
  void theCacheOfTheJvmStaysInFront(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      ChildResult result =
          dot.agent()
              .set("log.level", "debug")
              .set("log.file", folder.resolve("agent.log").toString())
              .on(ChildJvm.program(java, "LookupProgram"))
              .jvmArgs("-Dsun.net.inetaddr.ttl=60") // the user's own wins over the agent's second
              .args("byName", "www.example.test", "byName", "www.example.test")
              .run()
              .quiet();
      assertEquals(List.of("ok 192.0.2.1", "ok 192.0.2.1"), result.stdout());
      List<String> log = TextFile.linesOf(folder.resolve("agent.log"));
      assertTrue(log.stream().anyMatch(line -> line.contains("JVM cache 60 s")), log.toString());
      assertTrue(log.stream().noneMatch(line -> line.contains("from the cache")), log.toString());
    }
  }

  /** Without the JVM's cache: repeated answers came from the agent's cache. */
  private static void assertAskedOnce(DotUpstream dot) {
    List<String> asked = new ArrayList<>();
    dot.server.log().queries().forEach(query -> asked.add(DotUpstream.question(query)));
    asked.sort(null);
    assertEquals(List.copyOf(dot.questions()), asked);
  }

  private static void assertPrivate(DotUpstream dot) {
    for (RecordedQuery query : dot.server.log().queries()) {
      assertEquals(0, query.octets() % 128, "padded by RFC 8467: " + query);
      assertTrue(query.padding() >= 0, "with the option of RFC 7830: " + query);
      assertEquals(Optional.of(DotUpstream.NAME), query.tls().serverName());
    }
  }

  /** A and, where there is IPv6, AAAA of each name; and others. */
  private static Set<String> questions(List<String> names, List<String> others) {
    Set<String> all = new TreeSet<>(others);
    for (String name : names) {
      all.add(name + " A");
      if (Ipv6OfThisMachine.PRESENT) {
        all.add(name + " AAAA");
      }
    }
    return all;
  }
}
