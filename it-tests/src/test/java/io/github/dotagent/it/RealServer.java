package io.github.dotagent.it;

import io.github.dotagent.it.harness.certificate.PemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The DNS-over-TLS servers that people run, each set up to forward every query to one other server
 * on loopback, and to contact no other.
 */
public enum RealServer {
  UNBOUND("unbound", "start of service") {
    @Override
    public List<String> command(Path binary, Setup setup) throws IOException {
      Path file =
          setup.write(
              "unbound.conf",
              """
              server:
                interface: 127.0.0.1@%1$d
                tls-port: %1$d
                tls-service-pem: "%2$s"
                tls-service-key: "%3$s"
                do-daemonize: no
                use-syslog: no
                verbosity: 1
                chroot: ""
                username: ""
                pidfile: ""
                directory: "%5$s"
                module-config: "iterator"
                do-not-query-localhost: no
                local-zone: "2.0.192.in-addr.arpa." nodefault
                local-zone: "test." nodefault
              remote-control:
                control-enable: no
              forward-zone:
                name: "."
                forward-addr: 127.0.0.1@%4$d
              """);
      return List.of(binary.toString(), "-d", "-c", file.toString());
    }
  },

  BIND("named", "all zones loaded") {
    @Override
    public List<String> command(Path binary, Setup setup) throws IOException {
      Path file =
          setup.write(
              "named.conf",
              """
              tls ours { cert-file "%2$s"; key-file "%3$s"; };
              controls { };
              options {
                directory "%5$s";
                pid-file none;
                session-keyfile none;
                listen-on port %1$d tls ours { 127.0.0.1; };
                listen-on-v6 { none; };
                forwarders port %4$d { 127.0.0.1; };
                forward only;
                dnssec-validation no;
                empty-zones-enable no;
              };
              """);
      return List.of(binary.toString(), "-g", "-c", file.toString());
    }
  },

  KNOT_RESOLVER("kresd", "listening") {
    @Override
    public List<String> command(Path binary, Setup setup) throws IOException {
      Path file =
          setup.write(
              "kresd.conf",
              """
              modules.unload('priming')
              modules.unload('ta_update')
              modules.unload('ta_signal_query')
              trust_anchors.remove('.')
              cache.open(10 * MB, 'lmdb://%5$s')
              net.tls('%2$s', '%3$s')
              net.listen('127.0.0.1', %1$d, { kind = 'tls' })
              modules.load('policy')
              policy.add(policy.all(policy.STUB('127.0.0.1@%4$d')))
              print('listening')
              io.stdout:flush()
              """);
      return List.of(binary.toString(), "-n", "-c", file.toString(), setup.folder().toString());
    }
  },

  DNSDIST("dnsdist", "Marking downstream") {
    @Override
    public List<String> command(Path binary, Setup setup) throws IOException {
      Path file =
          setup.write(
              "dnsdist.conf",
              """
              setSecurityPollSuffix('')
              addTLSLocal('127.0.0.1:%1$d', '%2$s', '%3$s')
              newServer({ address = '127.0.0.1:%6$d', tls = 'openssl',
                          validateCertificates = false, checkName = 'www.shop.example.' })
              """);
      return List.of(binary.toString(), "--supervised", "--disable-syslog", "-C", file.toString());
    }
  };

  private final String program;
  private final String ready;

  RealServer(String program, String ready) {
    this.program = program;
    this.ready = ready;
  }

  /**
   * The address where it listens, and the server that it asks.
   *
   * @param folder its own, where it may write
   * @param plainPort of a server that it may ask over UDP, or TCP query by query
   * @param tlsPort of one that it may ask over TLS, as dnsdist does whose clients come over TLS
   */
  public record Setup(Path folder, int port, PemFiles certificate, int plainPort, int tlsPort) {
    Path write(String name, String text) throws IOException {
      String filled =
          text.formatted(port, certificate.chain(), certificate.key(), plainPort, folder, tlsPort);
      return Files.writeString(folder.resolve(name), filled);
    }
  }

  /** What runs it in the foreground. */
  public abstract List<String> command(Path binary, Setup setup) throws IOException;

  /** In a line that it prints once it listens. */
  public String ready() {
    return ready;
  }

  public String program() {
    return program;
  }

  /** Where a package puts it; empty when it is not on this machine. */
  public Optional<Path> binary() {
    return Stream.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin")
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
