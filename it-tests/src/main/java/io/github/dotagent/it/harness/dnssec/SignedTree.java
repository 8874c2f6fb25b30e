package io.github.dotagent.it.harness.dnssec;

import io.github.dotagent.it.harness.certificate.CertificateSpec;
import io.github.dotagent.it.harness.certificate.PemFiles;
import io.github.dotagent.it.harness.certificate.TestAuthority;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.harness.network.FreePort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A tree of signed zones on loopback, from a root of its own on, whole and broken in many ways:
 * served by BIND, and handed on over TLS by an Unbound that checks nothing. A second Unbound, which
 * can be asked over TLS as well, and {@code delv} judge the same data.
 */
public final class SignedTree implements AutoCloseable {
  /** What the tree takes, as packages of Debian have it; the first that is missing is named. */
  private static final Map<String, String> PROGRAMS =
      Map.of(
          "dnssec-keygen", "bind9-utils",
          "dnssec-signzone", "bind9-utils",
          "dnssec-dsfromkey", "bind9-utils",
          "named", "bind9",
          "unbound", "unbound",
          "delv", "bind9-dnsutils");

  public static final String SERVER = "dns.example";

  /** Has {@code n0}, {@code n1} and so on, each with an address of either family. */
  public static final String LOAD = "bench.example";

  private static final int LOAD_NAMES = 3_000;

  private static final int SERVFAIL = 2; // RFC 1035 §4.1.1

  private static final Duration WITHIN = Duration.ofSeconds(60);

  private final Path folder;
  private final List<RunningChild> servers = new ArrayList<>();
  private final int authoritative = FreePort.next();
  private final int plain = FreePort.next();
  private final int tls = FreePort.next();
  private final int judge = FreePort.next();
  private final int judgeTls = FreePort.next();
  private Path trust;
  private Path anchors;

  private SignedTree(Path folder) {
    this.folder = folder;
  }

  /** A program that is not on this machine, and its package; empty when all are there. */
  public static String missing() {
    for (Map.Entry<String, String> program : PROGRAMS.entrySet()) {
      if (binary(program.getKey()) == null) {
        return program.getKey() + " (package " + program.getValue() + ")";
      }
    }
    return "";
  }

  private static Path binary(String name) {
    return Stream.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin")
        .map(place -> Path.of(place, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  /** Made, signed, broken and served when this returns. */
  public static SignedTree start(Path folder) throws IOException {
    return start(folder, TreeZones.all());
  }

  /** A small tree, with a zone of many names. */
  public static SignedTree startForLoad(Path folder) throws IOException {
    String names = "$GENERATE 0-" + LOAD_NAMES + " n$ 7200 IN ";
    return start(
        folder,
        List.of(
            new SignedZone("."),
            new SignedZone("example."),
            new SignedZone(LOAD + '.').has(names + "A 192.0.2.1", names + "AAAA 2001:db8::1")));
  }

  /**
   * A few zones below {@code test}: {@code signed}, {@code plain}, which is unsigned, {@code
   * expired}, and {@code baddata}, whose {@code www} has another address than was signed.
   */
  public static SignedTree startSmall(Path folder) throws IOException {
    return start(folder, TreeZones.few());
  }

  static SignedTree start(Path folder, List<SignedZone> zones) throws IOException {
    SignedTree tree = new SignedTree(folder);
    try {
      tree.sign(zones);
      tree.serve(zones);
      return tree;
    } catch (IOException | RuntimeException failed) {
      tree.close();
      throw failed;
    }
  }

  /** Of the Unbound that hands the tree on over TLS. */
  public int port() {
    return tls;
  }

  /** Of the Unbound that checks what it hands on over TLS. */
  public int validatingPort() {
    return judgeTls;
  }

  /** A PEM file with the authority of the certificate of both. */
  public Path trust() {
    return trust;
  }

  /** A file with the DS record of the root. */
  public Path anchors() {
    return anchors;
  }

  /** The zones below first: each has to be in the one above, as a DS. */
  private void sign(List<SignedZone> zones) throws IOException {
    Map<String, List<String>> delegations = new LinkedHashMap<>();
    List<SignedZone> deepestFirst = new ArrayList<>(zones);
    deepestFirst.sort((one, other) -> labels(other.name) - labels(one.name));
    for (SignedZone zone : deepestFirst) {
      List<String> ds = zoneFile(zone, delegations.getOrDefault(zone.name, List.of()));
      if (zone.name.equals(".")) {
        anchors = Files.write(folder.resolve("anchors"), ds);
        continue;
      }
      List<String> above =
          delegations.computeIfAbsent(above(zone.name, zones), name -> new ArrayList<>());
      above.add(zone.name + " 7200 IN NS ns." + zone.name);
      above.add("ns." + zone.name + " 7200 IN A 127.0.0.1");
      ds.stream().map(zone.delegation).filter(line -> !line.isEmpty()).forEach(above::add);
    }
  }

  private static int labels(String name) {
    return name.equals(".") ? 0 : name.split("\\.").length;
  }

  private static String above(String name, List<SignedZone> zones) {
    String rest = name;
    while (true) {
      rest = rest.substring(rest.indexOf('.') + 1);
      String candidate = rest.isEmpty() ? "." : rest;
      if (candidate.equals(".") || zones.stream().anyMatch(zone -> zone.name.equals(candidate))) {
        return candidate;
      }
    }
  }

  /** Writes the zone as it is served. Returns its DS records. */
  private List<String> zoneFile(SignedZone zone, List<String> delegations) throws IOException {
    Path plainFile = folder.resolve(fileName(zone.name) + ".plain");
    List<String> lines = new ArrayList<>();
    lines.add("$ORIGIN " + zone.name);
    lines.addAll(zone.records);
    lines.addAll(delegations);
    Path served = folder.resolve(fileName(zone.name));
    if (!zone.signed) {
      Files.write(served, lines);
      return List.of();
    }
    List<String> ds = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (String algorithm :
        zone.otherAlgorithm == null
            ? List.of(zone.algorithm)
            : List.of(zone.algorithm, zone.otherAlgorithm)) {
      String key = key(zone.name, algorithm);
      keys.add(key);
      lines.add(Files.readString(folder.resolve(key + ".key")).replaceAll("(?m)^;.*\n", "").trim());
      boolean usual = zone.digests.equals(List.of("SHA-256")) && zone.otherAlgorithm == null;
      for (String digest : usual ? List.<String>of() : zone.digests) {
        String[] command = {"dnssec-dsfromkey", "-a", digest, key};
        ds.add(run(command).trim());
      }
    }
    Files.write(plainFile, lines);
    List<String> command = new ArrayList<>(List.of("dnssec-signzone", "-z", "-O", "full"));
    command.addAll(List.of("-P", "-o", zone.name, "-f", served.toString()));
    command.addAll(zone.signing);
    command.add(plainFile.toString());
    command.addAll(keys);
    run(command.toArray(new String[0]));
    if (ds.isEmpty()) {
      // dnssec-signzone has written it: a process less for each zone
      ds.addAll(Files.readAllLines(folder.resolve("dsset-" + zone.name)));
    }
    List<String> signed =
        Files.readAllLines(served).stream().filter(line -> !line.startsWith(";")).toList();
    for (var edit : zone.edits) {
      signed = edit.apply(signed);
    }
    Files.write(served, signed);
    return ds;
  }

  private String key(String zone, String algorithm) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("dnssec-keygen", "-q", "-f", "KSK", "-a", algorithm));
    if (algorithm.startsWith("RSA")) {
      command.addAll(List.of("-b", "2048"));
    }
    command.add(zone);
    return run(command.toArray(new String[0])).trim();
  }

  private static String fileName(String zone) {
    return zone.equals(".") ? "root.zone" : zone + "zone";
  }

  private String run(String... command) throws IOException {
    List<String> whole = new ArrayList<>(List.of(command));
    whole.set(0, binary(command[0]).toString());
    Process process =
        new ProcessBuilder(whole)
            .directory(folder.toFile())
            .redirectErrorStream(false)
            .redirectError(folder.resolve("errors").toFile())
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(whole + ": " + Files.readString(folder.resolve("errors")) + output);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
    return output;
  }

  private void serve(List<SignedZone> zones) throws IOException {
    StringBuilder named = new StringBuilder();
    named.append(
        """
        controls { };
        options {
          directory "%s";
          pid-file none;
          session-keyfile none;
          listen-on port %d { 127.0.0.1; };
          listen-on-v6 { none; };
          recursion no;
          dnssec-validation no;
          check-integrity no;
          empty-zones-enable no;
          notify no;
        };
        """
            .formatted(folder, authoritative));
    for (SignedZone zone : zones) {
      named.append(
          "zone \"%s\" { type primary; file \"%s\"; check-names ignore; };\n"
              .formatted(zone.name, fileName(zone.name)));
    }
    Files.writeString(folder.resolve("named.conf"), named);
    start("all zones loaded", "named", "-g", "-c", folder.resolve("named.conf").toString());
    TestAuthority authority = TestAuthority.create(Instant.now(), 1);
    PemFiles pem = authority.issue(CertificateSpec.forNames(SERVER)).writePem(folder);
    trust = authority.writeTrustStores(folder).pem();
    String common =
        """
        server:
          do-daemonize: no
          use-syslog: no
          chroot: ""
          username: ""
          pidfile: ""
          directory: "%s"
          num-threads: 1
          do-ip6: no
          do-not-query-localhost: no
          ede: yes
          local-zone: "test." nodefault
          cache-max-negative-ttl: 7200
        """
            .formatted(folder);
    String stub =
        """
        remote-control:
          control-enable: no
        forward-zone:
          name: "."
          forward-addr: 127.0.0.1@%d
        """
            .formatted(authoritative);
    String handsOn =
        """
          interface: 127.0.0.1@%1$d
          interface: 127.0.0.1@%2$d
          tls-port: %1$d
          tls-service-pem: "%3$s"
          tls-service-key: "%4$s"
          module-config: "iterator"
        """
            .formatted(tls, plain, pem.chain(), pem.key());
    String judges =
        """
          interface: 127.0.0.1@%1$d
          interface: 127.0.0.1@%2$d
          tls-port: %1$d
          tls-service-pem: "%3$s"
          tls-service-key: "%4$s"
          module-config: "validator iterator"
          trust-anchor-file: "%5$s"
          trust-anchor-signaling: no
        """
            .formatted(judgeTls, judge, pem.chain(), pem.key(), anchors);
    unbound("hands-on.conf", common + handsOn + stub);
    unbound("judges.conf", common + judges + stub);
  }

  private void unbound(String file, String text) throws IOException {
    Path written = Files.writeString(folder.resolve(file), text);
    start("start of service", "unbound", "-d", "-c", written.toString());
  }

  private void start(String ready, String... command) throws IOException {
    List<String> whole = new ArrayList<>(List.of(command));
    whole.set(0, binary(command[0]).toString());
    RunningChild server = RunningChild.of(whole, WITHIN);
    servers.add(server);
    server.awaitLine(ready);
  }

  /** Unbound's verdict: {@code secure}, {@code insecure} or {@code bogus}. */
  public String verdictOfUnbound(String name, String type) throws IOException {
    byte[] response = asked(name, type);
    int rcode = response[3] & 0xf;
    boolean secure = (response[3] & 0x20) != 0; // AD, RFC 4035 §3.2.3
    return rcode == SERVFAIL ? "bogus" : secure ? "secure" : "insecure";
  }

  private byte[] asked(String name, String type) throws IOException {
    ByteArrayOutputStream query = new ByteArrayOutputStream();
    query.write(new byte[] {0, 1, 1, 0x20, 0, 1, 0, 0, 0, 0, 0, 0}); // RD, AD, one question
    for (String label : name.split("\\.")) {
      query.write(label.length());
      query.write(label.getBytes(StandardCharsets.US_ASCII));
    }
    query.write(new byte[] {0, 0, (byte) (type.equals("A") ? 1 : 28), 0, 1});
    byte[] octets = query.toByteArray();
    byte[] response = new byte[4096];
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout((int) WITHIN.toMillis());
      socket.send(
          new DatagramPacket(
              octets, octets.length, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), judge));
      socket.receive(new DatagramPacket(response, response.length));
    }
    return response;
  }

  /** The verdict of BIND's {@code delv}, which takes the data of the same server as the agent. */
  public String verdictOfDelv(String name, String type) throws IOException {
    Path file = folder.resolve("delv.anchors");
    if (!Files.exists(file)) {
      StringBuilder text = new StringBuilder("trust-anchors {\n");
      for (String ds : Files.readAllLines(anchors)) {
        String[] words = ds.split("\\s+");
        text.append(
            "  . static-ds %s %s %s \"%s\";\n"
                .formatted(
                    words[3],
                    words[4],
                    words[5],
                    String.join("", List.of(words).subList(6, words.length))));
      }
      Files.writeString(file, text.append("};\n"));
    }
    List<String> command =
        List.of(
            binary("delv").toString(),
            "@127.0.0.1",
            "-p",
            Integer.toString(plain),
            "-a",
            file.toString(),
            "+root=.",
            name,
            type);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (output.matches("(?s).*resolution failed: (?!ncache).*")) {
      return "bogus"; // the records before the failing alias are still shown
    }
    if (output.contains("pending validation") || output.contains("not validated")) {
      return "bogus"; // it says no more where the proof itself is not signed
    }
    if (output.contains("unsigned answer")) {
      return "insecure";
    }
    return output.contains("fully validated") ? "secure" : "unknown: " + output;
  }

  @Override
  public void close() {
    servers.forEach(RunningChild::close);
  }
}
