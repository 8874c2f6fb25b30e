package io.github.dotagent.resolver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Names and settings, and the one place that each goes to: a query that no witness saw was not
 * sent.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NamePlaceTest {
  private static final Map<String, String> LITERALS =
      Map.of(
          "192.0.2.77", "/192.0.2.77",
          "2001:db8::77", "/2001:db8:0:0:0:0:0:77",
          "fe80::1%1", "/fe80:0:0:0:0:0:0:1%1");

  @TempDir static Path folder;

  /** The settings of a user. */
  enum Settings {
    DEFAULT,
    /** {@code system.suffixes=corp.example} and {@code system.singleLabel=false}. */
    OWN;

    NamePolicy with(Path hosts) {
      return this == DEFAULT
          ? Resolvers.policy(
              List.of("local", "internal", "home.arpa", "cluster.local"), true, hosts)
          : Resolvers.policy(List.of("corp.example"), false, hosts);
    }
  }

  enum Place {
    LITERAL,
    HOSTS,
    LOOPBACK,
    SYSTEM,
    UPSTREAM,
    REFUSED
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.77,                DEFAULT, LITERAL",
    "2001:db8::77,              DEFAULT, LITERAL",
    "fe80::1%1,                 DEFAULT, LITERAL",
    "localhost,                 DEFAULT, LOOPBACK",
    "LOCALHOST,                 DEFAULT, LOOPBACK",
    "localhost.,                DEFAULT, LOOPBACK",
    "app.localhost,             DEFAULT, LOOPBACK",
    "a.b.LocalHost,             OWN,     LOOPBACK",
    "localhost,                 OWN,     LOOPBACK",
    "notlocalhost,              DEFAULT, SYSTEM",
    "not-localhost.example.com, DEFAULT, UPSTREAM",
    "localhost.example.com,     DEFAULT, UPSTREAM",
    "in-hosts.example.com,      DEFAULT, HOSTS",
    "IN-HOSTS.Example.com.,     DEFAULT, HOSTS",
    "in-hosts,                  DEFAULT, HOSTS",
    "in-hosts.local,            DEFAULT, HOSTS",
    "in-hosts.localhost,        DEFAULT, HOSTS",
    "in-hosts.invalid,          OWN,     HOSTS",
    "printer,                   DEFAULT, SYSTEM",
    "printer.,                  DEFAULT, SYSTEM",
    "printer,                   OWN,     UPSTREAM",
    "local,                     DEFAULT, SYSTEM",
    "printer.local,             DEFAULT, SYSTEM",
    "Printer.LOCAL.,            DEFAULT, SYSTEM",
    "printer.local,             OWN,     UPSTREAM",
    "printer.notlocal,          DEFAULT, UPSTREAM",
    "local.example.com,         DEFAULT, UPSTREAM",
    "db.default.svc.cluster.local, DEFAULT, SYSTEM",
    "router.home.arpa,          DEFAULT, SYSTEM",
    "homexarpa.example.com,     DEFAULT, UPSTREAM",
    "corp.example,              OWN,     SYSTEM",
    "wiki.corp.example,         OWN,     SYSTEM",
    "wikicorp.example,          OWN,     UPSTREAM",
    "wiki.corp.example,         DEFAULT, UPSTREAM",
    "build-7.my.example,        DEFAULT, SYSTEM",
    "BUILD-7.my.example.,       OWN,     SYSTEM",
    "build-7.my.example.com,    DEFAULT, UPSTREAM",
    "invalid,                   DEFAULT, REFUSED",
    "any.invalid,               OWN,     REFUSED",
    "notinvalid.example,        DEFAULT, UPSTREAM",
    "shop.onion,                DEFAULT, REFUSED",
    "Shop.Onion.,               OWN,     REFUSED",
    "onion,                     DEFAULT, REFUSED",
    "x.alt,                     DEFAULT, REFUSED",
    "cobalt.example,            DEFAULT, UPSTREAM",
    "www.example.com,           DEFAULT, UPSTREAM",
    "WWW.Example.COM.,          OWN,     UPSTREAM",
    "_ldap._tcp.example.com,    DEFAULT, UPSTREAM",
    "bücher.example,            DEFAULT, UPSTREAM",
    "*.example.com,             DEFAULT, REFUSED",
    "'a b.example.com',         DEFAULT, REFUSED",
    "a..example.com,            DEFAULT, REFUSED",
    "'',                        DEFAULT, REFUSED",
    ".,                         DEFAULT, REFUSED",
    "1.2.3.4:53,                DEFAULT, REFUSED",
    "[::1],                     DEFAULT, REFUSED"
  })
  void eachNameHasItsPlace(String name, Settings settings, Place expected) throws IOException {
    Witnesses witnesses = new Witnesses();
    witnesses.localHostName = "build-7.my.example";
    Path hosts = folder.resolve("hosts");
    Files.writeString(
        hosts,
        "192.0.2.1 in-hosts.example.com in-hosts in-hosts.local in-hosts.localhost"
            + " in-hosts.invalid\n");
    PolicyResolver resolver = Resolvers.with(witnesses, settings.with(hosts));
    InetAddress[] found;
    try {
      found = resolver.addresses(name, AddressFamilyPolicy.IPV4_FIRST);
    } catch (UnknownHostException refused) {
      found = null;
    }
    List<String> texts = found == null ? null : Resolvers.texts(found);
    assertEquals(addresses(name, expected), texts);
    assertEquals(sent(name, expected), witnesses.asked());
  }

  /** The answer of each place, with the host as the caller spelled it. */
  private static List<String> addresses(String name, Place place) {
    return switch (place) {
      case LITERAL -> List.of(LITERALS.get(name));
      case HOSTS -> List.of(name + "/192.0.2.1");
      case LOOPBACK -> List.of(name + "/127.0.0.1", name + "/0:0:0:0:0:0:0:1");
      case SYSTEM -> List.of(name + "/10.0.0.2");
      case UPSTREAM -> List.of(name + "/192.0.2.3", name + "/2001:db8:0:0:0:0:0:3");
      case REFUSED -> null;
    };
  }

  private static List<String> sent(String name, Place place) {
    String plain = name.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
    plain = plain.replace("bücher", "xn--bcher-kva");
    return switch (place) {
      case SYSTEM -> List.of("system " + name + " IPV4_FIRST");
      case UPSTREAM -> List.of("dot " + plain + " AAAA", "dot " + plain + " A");
      default -> List.of();
    };
  }
}
