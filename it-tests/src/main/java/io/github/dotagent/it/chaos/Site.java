package io.github.dotagent.it.chaos;

import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.ServerCertificate;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.server.AnswerFault;
import io.github.dotagent.it.harness.server.ConnectFault;
import io.github.dotagent.it.harness.server.DotServer;
import io.github.dotagent.it.harness.server.DotServerOptions;
import io.github.dotagent.it.harness.zone.Zone;
import java.io.IOException;
import java.util.Random;

/** An upstream of the agent's: a server, and the network before it. For one thread. */
final class Site implements AutoCloseable {
  final String name;
  final RoughRelay relay;
  private final TestAuthority authority;
  private final Zone right;
  private ServerCertificate certificate;
  private DotServer server;
  private boolean up = true;

  Site(int number, TestAuthority authority, Zone right, long seed) throws IOException {
    this.name = "dns" + number + ".example";
    this.authority = authority;
    this.right = right;
    this.certificate = another();
    this.server = DotServer.start(DotServerOptions.of(right, certificate));
    this.relay = new RoughRelay(server.port(), seed + number);
  }

  String upstream() {
    return "127.0.0.1@" + relay.port() + "#" + name;
  }

  String pin() {
    return certificate.pin();
  }

  /** A certificate of another key, which it does not show so far. */
  ServerCertificate another() {
    return authority.issue(CertificateSpec.forNames(name));
  }

  void present(ServerCertificate next) {
    certificate = next;
    server.present(next);
    server.dropConnections();
  }

  void serve(Zone zone) {
    server.serve(zone);
  }

  void drop() {
    server.dropConnections();
  }

  /** Refuses connections at the server, with the network in order. */
  void stop() {
    if (up) {
      up = false;
      server.close();
    }
  }

  /** In order again, on the same port; connections that are open stay as they are. */
  void recover() {
    if (!up) {
      up = true;
      server = DotServer.start(DotServerOptions.of(right, certificate).port(server.port()));
    }
    server.faults().clear();
    relay.be(Weather.CLEAR);
  }

  /** No connection to an impostor is left when this returns. */
  void leadHome() {
    relay.leadTo(server.port());
  }

  String answerWrongly(Random random) {
    AnswerFault.Kind[] kinds = AnswerFault.Kind.values();
    AnswerFault.Kind kind = kinds[random.nextInt(kinds.length)];
    server.faults().onEveryAnswer(kind);
    return kind.toString();
  }

  String greetWrongly(Random random) {
    ConnectFault[] kinds = ConnectFault.values();
    ConnectFault kind = kinds[random.nextInt(kinds.length)];
    server.faults().onEveryConnection(kind);
    server.dropConnections();
    return kind.toString();
  }

  /** The list of queries would grow for as long as this runs. */
  void forgetQueries() {
    server.log().forgetQueries();
  }

  @Override
  public void close() throws IOException {
    relay.close();
    server.close();
  }
}
