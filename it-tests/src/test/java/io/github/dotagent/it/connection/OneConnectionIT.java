package io.github.dotagent.it.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.load.LoadReport;
import io.github.dotagent.it.harness.server.RecordedConnection;
import io.github.dotagent.it.harness.server.RecordedQuery;
import io.github.dotagent.it.harness.server.TlsDetails;
import io.github.dotagent.it.harness.wire.Edns;
import io.github.dotagent.it.harness.wire.EdnsOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** A connection and its successor, as the server sees them. */
class OneConnectionIT {
  private static final String DOMAIN = "many.example.test";

  @TempDir Path folder;

  @EachJava(few = true)
  void queriesAreAllAlike(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild child = start(java, dot)) {
      LoadReport.begin(child, DOMAIN);
      LoadReport report = LoadReport.closed(child, 16, 200, DOMAIN);
      assertEquals("none", report.firstFailure());
      for (RecordedQuery query : dot.server.log().queries()) {
        assertEquals(128, query.octets(), "padded (RFC 8467 §4.1): " + query);
        Edns edns = query.query().edns().orElseThrow();
        assertEquals(1232, edns.payloadSize());
        assertFalse(edns.dnssecOk());
        assertEquals(0, edns.option(EdnsOption.KEEPALIVE).orElseThrow().data().length);
        assertTrue(query.query().recursionDesired());
        assertEquals("TLSv1.3", query.tls().version());
        assertEquals(List.of("dot"), query.tls().offeredProtocols());
      }
      long ids =
          dot.server.log().queries().stream().mapToInt(q -> q.query().id()).distinct().count();
      int queries = dot.server.log().queries().size();
      assertTrue(ids > queries / 2, ids + " ids of " + queries + " queries");
      assertEquals(1, dot.server.log().connections().size());
    }
  }

  /** After a close_notify from either side, the session can be resumed without certificates. */
  @EachJava(few = true)
  void sessionsAreResumed(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild child = start(java, dot)) {
      LoadReport.begin(child, DOMAIN);
      dot.server.faults().closeAfter(2);
      assertEquals("none", LoadReport.closed(child, 1, 4, DOMAIN).firstFailure());
      List<TlsDetails> made = sessions(dot);
      assertFalse(made.get(0).resumed());
      assertTrue(made.size() > 2, made.toString());
      assertTrue(made.get(made.size() - 1).resumed(), made.toString());
    }
  }

  /** RFC 7766 §6.2.4: a server may close at any time, and its open queries are sent again. */
  @EachJava(few = true)
  void aServerThatClosesAfterAFewQueries(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild child = start(java, dot)) {
      LoadReport.begin(child, DOMAIN);
      dot.server.faults().closeAfter(3);
      assertEquals("none", LoadReport.closed(child, 2, 30, DOMAIN).firstFailure());
      assertTrue(dot.server.log().connections().size() > 15, "many were made");
    }
  }

  /** It is distinguished from a failing server, and the session is not tried again. */
  @EachJava(few = true)
  void aServerThatRefusesAlpn(JavaHome java) {
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE)) {
      dot.server.faults().refuseAlpn();
      try (RunningChild child = start(java, dot)) {
        LoadReport.begin(child, DOMAIN);
        List<String> said = child.stderr();
        dot.server.dropConnections();
        assertEquals("none", LoadReport.closed(child, 1, 2, DOMAIN).firstFailure());
        List<RecordedConnection> connections = dot.server.log().connections();
        assertEquals(1, connections.stream().filter(RecordedConnection::handshakeFailed).count());
        sessions(dot).forEach(tls -> assertEquals(List.of(), tls.offeredProtocols()));
        assertEquals(said, child.finish().stderr(), "nothing to warn of");
      }
    }
  }

  private static List<TlsDetails> sessions(DotUpstream dot) {
    return dot.server.log().connections().stream().flatMap(each -> each.tls().stream()).toList();
  }

  private static RunningChild start(JavaHome java, DotUpstream dot) {
    return dot.agent().uncachedOn(ChildJvm.program(java, "LoadProgram")).start();
  }
}
