package io.github.dotagent.it.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.server.DotServer;
import io.github.dotagent.it.harness.server.RecordedConnection;
import io.github.dotagent.it.harness.server.RecordedQuery;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DotServerTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final byte[] KEEPALIVE_AND_PADDING = {0, 11, 0, 0, 0, 12, 0, 3, 0, 0, 0};

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void answersAndRecords(String tls) throws Exception {
    try (ServerFixture dot = new ServerFixture();
        DotClient client = dot.client(tls)) {
      Reply reply = client.ask(DotClient.query(7, "WWW.example.test", 1));
      assertEquals(7, reply.id());
      assertEquals("WWW.example.test. 1 1", reply.question());
      assertEquals(List.of("192.0.2.1", "192.0.2.2"), reply.addresses());
      assertEquals(300, reply.answers().get(0).ttl());

      RecordedQuery query = dot.server.log().awaitQueries(1, SOON).get(0);
      assertEquals("WWW.example.test", query.name());
      assertEquals("A", query.type());
      assertEquals(1, query.connection());
      assertEquals(-1, query.padding());
      assertEquals(tls, query.tls().version());
      assertEquals(Optional.of("dot.test"), query.tls().serverName());
      assertEquals(List.of("dot"), query.tls().offeredProtocols());
      assertEquals(Optional.of("dot"), query.tls().protocol());
    }
  }

  @Test
  void echoesEdnsAsAsked() throws Exception {
    try (ServerFixture dot = new ServerFixture();
        DotClient client = dot.client()) {
      Reply plain = client.ask(DotClient.query(1, "four.example.test", 1));
      assertEquals(List.of(), plain.additional());

      Reply padded =
          client.ask(DotClient.queryWithOptions(2, "four.example.test", 1, KEEPALIVE_AND_PADDING));
      assertEquals(468, padded.octets());
      assertEquals(41, padded.additional().get(0).type());
      byte[] options = padded.additional().get(0).data();
      assertEquals(11, options[1]);
      assertEquals(600, (options[4] & 0xFF) << 8 | (options[5] & 0xFF)); // 60 s
      assertEquals(3, dot.server.log().queries().get(1).padding());

      Reply failed =
          client.ask(DotClient.queryWithOptions(3, "broken.example.test", 1, new byte[0]));
      assertEquals(2, failed.rcode());
      byte[] extended = failed.additional().get(0).data();
      assertEquals(15, extended[1]);
      assertEquals(22, extended[5]);
      assertTrue(new String(extended, StandardCharsets.UTF_8).endsWith("no reachable authority"));
    }
  }

  @Test
  void recordsWhyAHandshakeFailed() throws Exception {
    try (ServerFixture dot = new ServerFixture();
        ServerFixture stranger = new ServerFixture()) {
      assertThrows(
          SSLException.class,
          () -> DotClient.connect(dot.server, stranger.authority.root(), "dot.test"));
      RecordedConnection refused = dot.server.log().awaitClosed(1, SOON).get(0);
      assertTrue(refused.handshakeFailed());
      // The alert, or a broken pipe: the client may hang up while the server still writes.
      assertTrue(refused.failure().isPresent(), refused.toString());
    }
  }

  @Test
  void presentsAnotherCertificate() throws Exception {
    try (ServerFixture dot = new ServerFixture()) {
      dot.server.present(dot.authority.issue(CertificateSpec.forNames("dot.test").expired()));
      assertThrows(SSLException.class, dot::client);
      dot.server.present(dot.authority.issue(CertificateSpec.forNames("other.test")));
      assertThrows(SSLException.class, dot::client);
      dot.server.present(dot.authority.issue(CertificateSpec.forNames("dot.test")));
      dot.client().close();
    }
  }

  @Test
  void startsAgainOnTheSamePort() throws Exception {
    try (ServerFixture dot = new ServerFixture()) {
      dot.client().close();
      dot.server.close();
      assertThrows(ConnectException.class, dot::client);
      try (DotServer again = DotServer.start(dot.server.again());
          DotClient client = dot.client()) {
        assertEquals(dot.server.port(), again.port());
        assertEquals(0, client.ask(DotClient.query(1, "four.example.test", 1)).rcode());
      }
    }
  }
}
