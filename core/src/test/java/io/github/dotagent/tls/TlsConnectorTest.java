package io.github.dotagent.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.testing.RecordedLog;
import io.github.dotagent.tls.TlsPolicy.Authentication;
import io.github.dotagent.tls.TlsPolicy.PinMode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole handshakes with a server whose sockets are in memory. */
class TlsConnectorTest {
  private static final String NAME = "dns.example";
  private static final int MILLIS = 30_000;
  private static final TestCertificate ROOT = TestCertificate.root("Root");
  private static final TestCertificate SERVER =
      TestCertificate.named("server").host(NAME).address("192.0.2.1").signedBy(ROOT);
  private static final TestCertificate OTHER = TestCertificate.root("Other");
  private static final Instant NOW = Instant.parse("2026-12-04T00:00:00Z");

  @TempDir Path folder;
  private final RecordedLog log = new RecordedLog();
  private Path authorities;
  private long now = NOW.toEpochMilli();

  @BeforeEach
  void writeTheAuthorities() throws IOException {
    authorities = Files.writeString(folder.resolve("ca.pem"), ClientKeyTest.certificate(ROOT));
  }

  private TlsPolicy policy(PinMode mode, TestCertificate... pinned) {
    Set<SpkiPin> pins =
        Set.of(List.of(pinned).stream().map(TestCertificate::pin).toArray(SpkiPin[]::new));
    return policy(Authentication.NAME, mode, pins, Map.of());
  }

  private TlsPolicy policy(
      Authentication by, PinMode mode, Set<SpkiPin> pins, Map<String, ClientCertificateSpec> keys) {
    return new TlsPolicy(
        by, pins, mode, new TrustStoreSpec(authorities, null, null), Map.of(), keys);
  }

  private TlsConnector connector(TlsPolicy policy) {
    return new TlsConnector(policy, log, false, () -> now);
  }

  private static TlsSession connect(TlsConnector connector, Socket socket, String name)
      throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1}), 853);
    return connector.connect(socket, address, name, MILLIS, MILLIS, true);
  }

  private static TlsFailure refused(TlsConnector connector, MemoryServer server, String name) {
    return assertThrows(TlsFailure.class, () -> connect(connector, server.client(), name));
  }

  @Test
  void aServerProvesItsName() throws Exception {
    MemoryServer server = MemoryServer.with(SERVER, ROOT);
    MemoryServer.End socket = server.client();
    TlsSession session = connect(connector(policy(PinMode.ENFORCE)), socket, NAME);
    ShownIdentity shown = session.identity();
    assertEquals("TLSv1.3", shown.version());
    assertFalse(shown.isResumed());
    assertNull(shown.matchedPin());
    assertFalse(shown.isMismatch());
    assertFalse(shown.client().isAsked());
    assertEquals(List.of(SERVER.pin().toString(), ROOT.pin().toString()), texts(shown));
    assertEquals(List.of(TestCertificate.chain(SERVER, ROOT)), session.path());
    assertTrue(MemoryServer.isGreeted(session));
    assertEquals(0, socket.getSoTimeout(), "a connection may be silent");
  }

  private static List<String> texts(ShownIdentity shown) {
    return shown.presentedPins().stream().map(SpkiPin::toString).toList();
  }

  @Test
  void aServerWithoutANameProvesItsAddress() throws Exception {
    TlsConnector connector = connector(policy(PinMode.ENFORCE));
    assertTrue(
        MemoryServer.isGreeted(connect(connector, MemoryServer.with(SERVER).client(), null)));
    MemoryServer nameless =
        MemoryServer.with(TestCertificate.named("server").host(NAME).signedBy(ROOT));
    assertTrue(refused(connector, nameless, null).getMessage().contains("name mismatch"));
  }

  @Test
  void anotherNameAndAnotherAuthorityAreRefused() throws Exception {
    TlsConnector connector = connector(policy(PinMode.ENFORCE));
    TlsFailure name = refused(connector, MemoryServer.with(SERVER), "other.example");
    assertEquals(TlsFailure.Kind.UNTRUSTED, name.kind());
    assertTrue(name.getMessage().contains("name mismatch"), name.getMessage());
    MemoryServer foreign =
        MemoryServer.with(TestCertificate.named("server").host(NAME).signedBy(OTHER));
    TlsFailure authority = refused(connector, foreign, NAME);
    assertTrue(authority.getMessage().contains("unknown authority"), authority.getMessage());
  }

  private TlsSession again(TlsConnector connector, MemoryServer server) throws IOException {
    TlsSession session = connect(connector, server.client(), NAME);
    assertTrue(MemoryServer.isGreeted(session));
    session.closeInOrder();
    return session;
  }

  @Test
  void aSessionIsResumedAndStillProved() throws Exception {
    MemoryServer server = MemoryServer.with(SERVER);
    TlsConnector connector = connector(policy(PinMode.ENFORCE, SERVER));
    assertFalse(again(connector, server).identity().isResumed());
    TlsSession resumed = again(connector, server);
    assertTrue(resumed.identity().isResumed());
    assertEquals(SERVER.pin(), resumed.identity().matchedPin());
    assertEquals(List.of(TestCertificate.chain(SERVER, ROOT)), resumed.path());
  }

  @Test
  void afterTheEndOfACertificateNoSessionIsResumed() throws Exception {
    Instant end = NOW.plusSeconds(60);
    TestCertificate brief =
        TestCertificate.named("server")
            .host(NAME)
            .validUntil(Instant.parse("2890-01-01T00:00:00Z"))
            .signedBy(ROOT);
    MemoryServer server = MemoryServer.with(brief);
    TlsConnector connector = connector(policy(PinMode.ENFORCE));
    again(connector, server);
    assertTrue(again(connector, server).identity().isResumed());
    now = Instant.parse("2890-01-02T00:00:00Z").toEpochMilli();
    TlsFailure expired = refused(connector, server, NAME);
    assertTrue(expired.getMessage().contains("certificate expired"), expired.getMessage());
    now = end.toEpochMilli();
    assertFalse(again(connector, server).identity().isResumed(), "all were forgotten");
  }

  @Test
  void aPinThatMatchesIsShown() throws Exception {
    TlsConnector connector = connector(policy(PinMode.ENFORCE, OTHER, ROOT));
    assertEquals(ROOT.pin(), again(connector, MemoryServer.with(SERVER)).identity().matchedPin());
    assertEquals(0, connector.pinMismatches());
  }

  @Test
  void aServerWithoutAPinIsRefusedAndCounted() throws Exception {
    TlsConnector connector = connector(policy(PinMode.ENFORCE, OTHER));
    TlsFailure refused = refused(connector, MemoryServer.with(SERVER), NAME);
    assertEquals(TlsFailure.Kind.UNTRUSTED, refused.kind());
    assertEquals(1, connector.pinMismatches());
    assertEquals(1, connector.next(policy(PinMode.ENFORCE, ROOT)).pinMismatches());
  }

  @Test
  void withReportAServerWithoutAPinIsUsed() throws Exception {
    MemoryServer server = MemoryServer.with(SERVER);
    TlsConnector connector = connector(policy(PinMode.REPORT, OTHER));
    assertTrue(again(connector, server).identity().isMismatch());
    TlsSession resumed = again(connector, server);
    assertTrue(resumed.identity().isResumed());
    assertTrue(resumed.identity().isMismatch());
    assertNull(resumed.identity().matchedPin());
  }

  @Test
  void byPinsAloneNeitherNameNorAuthorityCounts() throws Exception {
    TestCertificate alone = TestCertificate.named("alone").selfSigned();
    TlsPolicy pins = policy(Authentication.PINS, PinMode.ENFORCE, Set.of(alone.pin()), Map.of());
    TlsConnector connector = connector(pins);
    assertEquals(alone.pin(), again(connector, MemoryServer.with(alone)).identity().matchedPin());
    assertEquals(
        TlsFailure.Kind.UNTRUSTED, refused(connector, MemoryServer.with(SERVER), NAME).kind());
  }

  @Test
  void byPinsAloneAServerNeedsAPin() throws Exception {
    TlsConnector connector =
        connector(policy(Authentication.PINS, PinMode.ENFORCE, Set.of(), Map.of()));
    String message = refused(connector, MemoryServer.with(SERVER), NAME).getMessage();
    assertEquals("no pin is set for it, and dotagent.auth=pins", message);
  }

  private Map<String, ClientCertificateSpec> key(TestCertificate client) throws IOException {
    Path file =
        Files.writeString(folder.resolve("client.pem"), ClientKeyTest.keyAndCertificate(client));
    return Map.of(NAME, new ClientCertificateSpec(file, null));
  }

  @Test
  void aServerThatAsksGetsTheClientsCertificate() throws Exception {
    TestCertificate client = TestCertificate.named("client").signedBy(OTHER);
    TlsPolicy policy = policy(Authentication.NAME, PinMode.ENFORCE, Set.of(), key(client));
    MemoryServer server = MemoryServer.thatNeedsClients(OTHER, SERVER);
    ClientCertificate shown = again(connector(policy), server).identity().client();
    assertEquals(client.certificate(), shown.sent());
    assertTrue(shown.isAsked());
    TlsSession resumed = connect(connector(policy).next(policy), server.client(), NAME);
    assertEquals(client.certificate(), resumed.identity().client().sent());
  }

  @Test
  void withoutAKeyTheFailureSaysWhatIsMissing() throws Exception {
    TlsConnector connector = connector(policy(PinMode.ENFORCE));
    MemoryServer server = MemoryServer.thatNeedsClients(OTHER, SERVER);
    String message = refused(connector, server, NAME).getMessage();
    assertTrue(message.contains("dotagent.clientCertificates=dns.example=FILE"), message);
  }

  @Test
  void aConnectorThatExaminesRecordsTheChecks() throws Exception {
    TestCertificate client = TestCertificate.named("client").signedBy(OTHER);
    TlsPolicy policy =
        policy(Authentication.NAME, PinMode.ENFORCE, Set.of(ROOT.pin()), key(client));
    TlsConnector examines = new TlsConnector(policy, log, true);
    assertNull(examines.examined(), "there was no handshake");
    assertFalse(examines.client().isAsked());
    connect(examines, MemoryServer.thatNeedsClients(OTHER, SERVER).client(), NAME);
    assertEquals(List.of(TestCertificate.chain(SERVER)), examines.examined().presented());
    assertEquals(ROOT.pin(), examines.pinIn(examines.examined().validated()));
    assertEquals(client.certificate(), examines.client().sent());
    TlsConnector unasked = new TlsConnector(policy, log, true);
    connect(unasked, MemoryServer.with(SERVER).client(), NAME);
    assertFalse(unasked.client().isAsked());
  }

  @Test
  void aConnectorThatDoesNotExamineRecordsNothing() throws Exception {
    TlsConnector connector = connector(policy(PinMode.ENFORCE));
    again(connector, MemoryServer.with(SERVER));
    assertNull(connector.examined());
  }

  @Test
  void aServerThatCannotBeReachedIsNotUntrusted() {
    Socket unreachable =
        new Socket() {
          @Override
          public void setTcpNoDelay(boolean on) {}

          @Override
          public void connect(SocketAddress server, int millis) throws IOException {
            throw new ConnectException("Connection refused");
          }
        };
    TlsConnector connector = connector(policy(PinMode.ENFORCE));
    TlsFailure refused =
        assertThrows(TlsFailure.class, () -> connect(connector, unreachable, NAME));
    assertEquals(TlsFailure.Kind.UNREACHABLE, refused.kind());
  }

  @Test
  void closeEndsEachConnectionAndLaterOnes() throws Exception {
    MemoryServer server = MemoryServer.with(SERVER);
    TlsConnector connector = connector(policy(PinMode.ENFORCE));
    MemoryServer.End socket = server.client();
    connect(connector, socket, NAME);
    assertFalse(socket.isClosed());
    connector.close();
    assertTrue(socket.isClosed());
    MemoryServer.End later = server.client();
    assertThrows(IOException.class, () -> connect(connector, later, NAME));
    assertTrue(later.isClosed());
  }

  @Test
  void newSettingsTakeASessionOnlyIfTheyTrustIt() throws Exception {
    TlsConnector connector = connector(policy(PinMode.ENFORCE));
    TlsSession session = again(connector, MemoryServer.with(SERVER));
    assertTrue(connector.takes(NAME, session));
    assertTrue(connector.next(policy(PinMode.ENFORCE, ROOT)).takes(NAME, session));
    assertFalse(connector.next(policy(PinMode.ENFORCE, OTHER)).takes(NAME, session));
    Files.writeString(authorities, ClientKeyTest.certificate(OTHER));
    assertFalse(connector.next(policy(PinMode.ENFORCE)).takes(NAME, session));
  }
}
