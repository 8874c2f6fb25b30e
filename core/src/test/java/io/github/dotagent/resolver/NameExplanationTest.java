package io.github.dotagent.resolver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.resolver.files.SearchPolicy;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RecordedLog;
import io.github.dotagent.testing.SameThread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NameExplanationTest {
  @TempDir Path folder;

  private Path hosts;
  private NameExplanation explanation;

  @BeforeEach
  void inAPod() throws IOException {
    hosts = Files.writeString(folder.resolve("hosts"), "10.0.0.1 box\n2001:db8::1 six.example\n");
    Path conf = Files.writeString(folder.resolve("conf"), "search svc.cluster.local\n");
    Files.writeString(conf, "options ndots:2\n", java.nio.file.StandardOpenOption.APPEND);
    NamePolicy policy =
        new NamePolicy(
            List.of("local", "cluster.local"),
            true,
            hosts,
            SearchPolicy.ofSystem(conf, null, null),
            false);
    explanation =
        NameExplanation.of(
            policy,
            "me.corp.example",
            SameThread.THREADS,
            new ManualTimers(),
            1_000_000_000L,
            new RecordedLog());
  }

  private List<String> of(String host) {
    return explanation.of(host).stream().map(NameExplanation.Step::toString).toList();
  }

  @Test
  void namesThatNoServerIsAskedFor() {
    assertEquals(List.of("2001:db8::1: is an address already"), of("2001:db8:0:0:0:0:0:1"));
    assertEquals(List.of("box: the hosts file " + hosts + ", as 10.0.0.1"), of("BOX"));
    assertEquals(
        List.of("six.example: the hosts file " + hosts + ", as 2001:db8::1"), of("six.example"));
    assertEquals(List.of("a.localhost: this machine's loopback (RFC 6761)"), of("a.localhost"));
    assertEquals(
        List.of("a.invalid: no server: .invalid never exists (RFC 6761)"), of("a.invalid"));
    assertEquals(
        List.of("a.onion: no server: it is not a DNS name (RFC 7686, RFC 9476)"), of("a.onion"));
    assertTrue(of("a..b").get(0).startsWith("a..b: no server: a..b: not a host name"));
  }

  @Test
  void namesOfTheSystemResolver() {
    assertEquals(
        List.of("shop: the system resolver, because it has one label (system.singleLabel)"),
        of("shop"));
    assertEquals(
        List.of(
            "db.svc.cluster.local: the system resolver, because of its suffix cluster.local"
                + " (system.suffixes)"),
        of("db.svc.cluster.local"));
    assertEquals(
        List.of("me.corp.example: the system resolver, because it is this machine's own name"),
        of("me.corp.example"));
  }

  /** Each name that is tried goes where its own suffix says. */
  @Test
  void aSearchedName() {
    assertEquals(
        List.of(
            "db.prod.svc.cluster.local: the system resolver, because of its suffix cluster.local"
                + " (system.suffixes)",
            "db.prod: the upstreams, over TLS"),
        of("db.prod"));
    assertEquals(List.of("db.prod: the upstreams, over TLS"), of("db.prod."));
    assertEquals("www.shop.example", explanation.of("www.shop.example").get(0).name());
    assertTrue(explanation.of("www.shop.example").get(0).isUpstream());
  }

  @Test
  void explainsANameWithoutTheSearchList() {
    assertTrue(explanation.asIs("_sip._tcp.example").isUpstream());
    assertFalse(explanation.asIs("printer.local").isUpstream());
    assertEquals("the hosts file, as 10.0.0.1", explanation.asIs("box").place());
  }
}
