package io.github.dotagent.config;

import java.util.Locale;

/**
 * Every setting, in the order of the table in docs/settings.md. A key is written {@code
 * -Ddotagent.KEY=...}, or as the environment variable {@link #environmentName()}, or as {@code
 * KEY=...} or {@code dotagent.KEY=...} in a properties file; the first of these that gives it wins.
 *
 * <p>Keys are case-sensitive. Blanks around a value do not count. An empty value is an error for
 * every key: it is nearly always a variable without its value. If it meant "none", it would
 * silently switch off pins or local names.
 *
 * <p>An entry has the key, the default, a value for error messages, and the words that protect less
 * than the default.
 */
public enum SettingKey {
  /** {@code false}: the agent does nothing at all, not even check the other settings. */
  ENABLED("enabled", "true", "true", "false"),

  /**
   * The servers to ask, first one first: a list of {@code ADDRESS[@PORT][#NAME]}, unbound's form.
   * The port is 1 to 65535, 853 when left out (RFC 7858 §3.1). NAME is the authentication name and
   * the SNI; without it the certificate must have the address. {@code one.one.one.one[@PORT]} is
   * short for Cloudflare's four addresses with that name.
   */
  UPSTREAMS(
      "upstreams",
      "1.1.1.1@853#one.one.one.one,"
          + "1.0.0.1@853#one.one.one.one,"
          + "2606:4700:4700::1111@853#one.one.one.one,"
          + "2606:4700:4700::1001@853#one.one.one.one",
      "1.1.1.1@853#one.one.one.one"),

  /**
   * The servers for the names of a domain: a list of {@code ZONE=UPSTREAM}, {@code ZONE=system} and
   * {@code ZONE=default}. A zone is repeated for each further server; the longest suffix wins.
   */
  ZONES("zones", "", "corp.example=10.0.0.53@853#dns.corp.example"),

  /**
   * The public keys to accept: a list of {@code sha256/BASE64} or bare {@code BASE64}, the SHA-256
   * of a SubjectPublicKeyInfo (RFC 7858 §4.2). {@code NAME=PIN} holds only for the servers of that
   * name, or address, and no other pin counts for them.
   */
  PINS("pins", "", "sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),

  /**
   * The certificates for servers that ask for a client certificate: a list of {@code NAME=FILE}.
   * NAME is the authentication name of the servers, or their address. The file is PEM, a PKCS #8
   * key and its certificates, or PKCS12.
   */
  CLIENT_CERTIFICATES("clientCertificates", "", "dns.corp.example=/etc/dot-agent/client.pem"),

  /** The password of the PKCS12 files among them. It is never printed. */
  CLIENT_CERTIFICATES_PASSWORD("clientCertificates.password", "", "changeit"),

  /** {@code enforce}: a mismatch is refused; {@code report}: it is logged, and used. */
  PINS_MODE("pins.mode", "enforce", "enforce", "report"),

  /** {@code name}: PKIX, host name, and pins if given; {@code pins}: pins alone. */
  AUTH("auth", "name", "name", "pins"),

  /** The file with the authorities to trust; without it the JDK's own {@code cacerts}. */
  TRUST_STORE("trustStore", "", "/etc/ssl/certs/ca-certificates.crt"),

  /** {@code JKS}, {@code PKCS12} or {@code PEM}, in any case; without it the content tells. */
  TRUST_STORE_TYPE("trustStoreType", "", "PEM"),

  /** The password of the trust store. It is never printed. */
  TRUST_STORE_PASSWORD("trustStorePassword", "", "changeit"),

  /**
   * {@code off}; {@code ad}: the agent asks the servers for their verdict on signatures (RFC 6840
   * §5.7); {@code validate}: the agent checks them itself (RFC 4035).
   */
  DNSSEC("dnssec", "off", "validate"),

  /** The domains whose answers must be secure: a list of domain names. */
  DNSSEC_REQUIRE("dnssec.require", "", "corp.example"),

  /** A file of DS or DNSKEY records to begin with; without it IANA's for the root. */
  DNSSEC_ANCHORS("dnssec.anchors", "", "/etc/dot-agent.anchors"),

  /**
   * {@code private}: queries forbid the server to pass on a part of the client's address (RFC 7871
   * §7.1.2); {@code server}: the server decides.
   */
  ECS("ecs", "private", "private", "server"),

  /**
   * {@code enforce}: names go where the settings say; {@code observe}: the program gets the same
   * answers as without the agent; each name is also looked up over TLS, and the two answers are
   * compared.
   */
  MODE("mode", "enforce", "enforce", "observe"),

  /**
   * {@code strict}: a lookup without an authenticated answer fails (RFC 8310 §5); {@code
   * opportunistic}: the system resolver answers while no upstream can be reached, never after a
   * wrong identity.
   */
  PROFILE("profile", "strict", "strict", "opportunistic"),

  /** The bound of one lookup, whatever happens below: 100ms to 10m. */
  TIMEOUT("timeout", "5s", "5s"),

  /**
   * How long a lookup waits, before {@link #TIMEOUT} begins to count, for this machine to get TLS
   * ready: 100ms to 10m.
   */
  TIMEOUT_START("timeout.start", "60s", "60s"),

  /** How many names are kept at most, each with all its answers: 1 to 10000000. */
  CACHE_MAX_ENTRIES("cache.maxEntries", "100000", "100000"),

  /** Positive answers are kept at least this long: 0s to {@code cache.maxTtl}. */
  CACHE_MIN_TTL("cache.minTtl", "0s", "0s"),

  /** Positive answers are kept at most this long: 0s (not at all) to 2147483647s. */
  CACHE_MAX_TTL("cache.maxTtl", "1d", "1d"),

  /** Negative answers are kept at most this long: 0s (not at all) to 2147483647s. */
  CACHE_MAX_NEGATIVE_TTL("cache.maxNegativeTtl", "15m", "15m"),

  /**
   * How long after its end an answer may still be given when upstreams fail (RFC 8767): 0s (not at
   * all) to 2147483647s. Names change hands, so more than the RFC's three days is rarely wise.
   */
  CACHE_STALE("cache.stale", "1d", "1d"),

  /** Whether a name in use is asked for again before its answer ends. */
  CACHE_PREFETCH("cache.prefetch", "true", "true"),

  /**
   * The names that the system resolver answers and that never go upstream: a list of domain names.
   * A leading {@code +} adds to the default; {@code off}: no name at all.
   */
  SYSTEM_SUFFIXES(
      "system.suffixes",
      "local, internal, home.arpa, cluster.local and the reverse zones of private addresses",
      "+corp.example"),

  /** Whether a name of one label is the system resolver's, and never goes upstream. */
  SYSTEM_SINGLE_LABEL("system.singleLabel", "true", "true"),

  /** The hosts file to follow, or {@code off}. */
  HOSTS("hosts", "the platform's hosts file", "/etc/hosts"),

  /** Domain names to try behind a short name, or {@code off}; without it the system's. */
  SEARCH("search", "the system's search list and ndots", "corp.example"),

  /**
   * The treatment of DNS queries that a library sends itself: {@code route}, {@code report}, {@code
   * block} or {@code off}.
   */
  BYPASS("bypass", "route", "route", "report", "off"),

  /** {@code abort} the JVM if the hook cannot be put in place, or {@code warn} and continue. */
  INSTALL("install", "abort", "abort", "warn"),

  /** {@code off}, {@code error}, {@code warn}, {@code info} or {@code debug}. */
  LOG_LEVEL("log.level", "warn", "warn", "off"),

  /** The file that log lines are appended to; its folder must exist. Without it stderr. */
  LOG_FILE("log.file", "", "/var/log/dot-agent.log"),

  /** Whether MBeans are registered, once the program has an MBean server of its own. */
  JMX("jmx", "true", "true");

  static final String PROPERTY_PREFIX = "dotagent.";
  static final String ENVIRONMENT_PREFIX = "DOTAGENT_";

  private final String key;
  private final String defaultText;
  private final String example;

  @SuppressWarnings("ImmutableEnumChecker") // no one outside sees the array
  private final String[] looserWords;

  SettingKey(String key, String defaultText, String example, String... looserWords) {
    this.key = key;
    this.defaultText = defaultText;
    this.example = example;
    this.looserWords = looserWords;
  }

  /** The key in a properties file, such as {@code cache.maxTtl}. */
  public String key() {
    return key;
  }

  /** The system property, such as {@code dotagent.cache.maxTtl}. */
  public String propertyName() {
    return PROPERTY_PREFIX + key;
  }

  /** The environment variable, such as {@code DOTAGENT_CACHE_MAXTTL}. */
  public String environmentName() {
    return ENVIRONMENT_PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  /**
   * The default as the user would write it; empty for none; words for those that depend on the
   * machine or are too long to write ({@link #HOSTS}, {@link #SEARCH}, {@link #SYSTEM_SUFFIXES}).
   */
  public String defaultText() {
    return defaultText;
  }

  /** A value that could be written, for error messages. */
  String example() {
    return example;
  }

  /** Whether this word as the value protects less than the default. */
  boolean isLooser(String word) {
    for (String looser : looserWords) {
      if (looser.equals(word)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the value is a password, and never printed. */
  public boolean isSecret() {
    return key.endsWith("assword");
  }
}
