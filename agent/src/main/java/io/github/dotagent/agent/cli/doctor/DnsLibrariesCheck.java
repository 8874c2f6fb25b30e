package io.github.dotagent.agent.cli.doctor;

import io.github.dotagent.concurrent.BoundedFileAccess;
import io.github.dotagent.config.BypassMode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Finds libraries on the class path that look names up. */
final class DnsLibrariesCheck {
  /**
   * A library that asks name servers itself, past InetAddress, and the setting that stops it if the
   * agent does not cover it.
   */
  private enum Resolver {
    NETTY(
        "io/netty/resolver/dns/DnsNameResolver.class",
        "Netty's own resolver",
        "use DefaultAddressResolverGroup.INSTANCE (reactor-netty: HttpClient.resolver(...);"
            + " Vert.x: -Dvertx.disableDnsResolver=true)"),
    DNSJAVA(
        "org/xbill/DNS/Lookup.class",
        "dnsjava",
        "if the program calls it, it sends its own queries: have the program use InetAddress"),
    MINIDNS(
        "org/minidns/DnsClient.class",
        "MiniDNS",
        "if the program calls it, it sends its own queries: have the program use InetAddress");

    final String entry;
    final String title;
    final String remedy;

    Resolver(String entry, String title, String remedy) {
      this.entry = entry;
      this.title = title;
      this.remedy = remedy;
    }
  }

  /**
   * A thousand jars take some seconds; a disk that is away, or a jar that unpacks to terabytes,
   * would never end.
   */
  private static final int SECONDS = 60;

  private static final String PROVIDER =
      "META-INF/services/java.net.spi.InetAddressResolverProvider";

  private static final String NAME_SERVICE =
      "META-INF/services/sun.net.spi.nameservice.NameServiceDescriptor"; // Java 8

  private final ClassPathContents classPath;
  private final BypassMode bypass;

  /**
   * @param bypass the treatment of libraries that ask name servers themselves
   */
  DnsLibrariesCheck(ClassPathContents classPath, BypassMode bypass) {
    this.classPath = classPath;
    this.bypass = bypass;
  }

  /** Checks a class path as {@code java -cp} takes it; returns at least one finding. */
  static List<Finding> of(String text, BypassMode bypass) {
    return within(SECONDS, () -> new DnsLibrariesCheck(ClassPathContents.of(text), bypass).find());
  }

  /**
   * @param seconds how long it may take
   */
  static List<Finding> within(int seconds, Callable<List<Finding>> check) {
    try {
      return BoundedFileAccess.within(seconds, "class-path", check);
    } catch (IOException unreadable) {
      return Collections.singletonList(unreadable(unreadable));
    }
  }

  /** Returns at least one finding. */
  List<Finding> find() {
    List<Finding> findings = new ArrayList<>();
    int[] places = {0};
    for (Path missing : classPath.missing()) {
      findings.add(Finding.note(missing + " is not there", "correct --class-path"));
    }
    try {
      classPath.each(
          place -> {
            places[0]++;
            look(place, findings);
          });
    } catch (IOException unreadable) {
      findings.add(unreadable(unreadable));
    }
    if (findings.isEmpty()) {
      findings.add(
          Finding.ok(
              places[0] + " jars and folders: no resolver provider, no agent, no DNS library"));
    }
    return findings;
  }

  private static Finding unreadable(IOException reason) {
    String text =
        reason instanceof AccessDeniedException
            ? "this user may not read " + reason.getMessage()
            : "cannot be read: " + reason.getMessage();
    return Finding.fail(text, "name jars and folders of classes");
  }

  private void look(ClassPathContents.Place place, List<Finding> findings) throws IOException {
    for (String service : new String[] {PROVIDER, NAME_SERVICE}) {
      String provider = place.text(service);
      if (provider != null) {
        findings.add(
            Finding.note(
                place + ": resolver provider " + firstWord(provider),
                "nothing to do: the agent's provider is used, as the proof of the hook shows"));
      }
    }
    String agent = place.manifestValue("Launcher-Agent-Class");
    if (agent != null) {
      findings.add(
          Finding.note(
              place + ": agent " + agent + ", started with the program",
              "nothing to do: dot-agent comes before it"));
    }
    for (Resolver resolver : Resolver.values()) {
      if (place.has(resolver.entry)) {
        findings.add(foundIn(place, resolver));
      }
    }
  }

  private Finding foundIn(ClassPathContents.Place place, Resolver resolver) {
    String asks = place + ": " + resolver.title + " can ask name servers itself";
    return bypass == BypassMode.ROUTE || bypass == BypassMode.BLOCK
        ? Finding.note(
            asks + "; over TLS, because of bypass=" + bypass.name().toLowerCase(Locale.ROOT),
            "nothing to do; status PID shows what it asked")
        : Finding.note(asks + ", in the clear", resolver.remedy + "; or set bypass=route");
  }

  private static String firstWord(String services) {
    for (String line : services.split("\\R", -1)) {
      String name = line.replaceAll("#.*", "").trim();
      if (!name.isEmpty()) {
        return name;
      }
    }
    return "without a name";
  }
}
