package io.github.dotagent.agent.monitoring.jmx;

/**
 * {@code io.github.dotagent:type=Resolver}. All counts are since the start. docs/watching.md
 * describes each of them.
 */
@Description("Host name lookups of this JVM, over DNS over TLS")
public interface ResolverMXBean {
  @Description("Version of dot-agent")
  String getVersion();

  @Description("Where the JDK is hooked, or why lookups do not reach the agent")
  String getHook();

  @Description("Whether lookups come to the agent; proved again every 5 s")
  boolean getHookInPlace();

  @Description("How often the hook, or the patch of a socket, was lost and had to be put back")
  long getHookLosses();

  @Description(
      "enforce; or observe: the program is answered as without the agent, and answers are compared")
  String getMode();

  @Description("mode=observe: names whose two answers are of the same kind")
  long getObservedSame();

  @Description("mode=observe: names for which the settings ask no server")
  long getObservedBySettings();

  @Description("mode=observe: names with other addresses over TLS, as is usual of a CDN")
  long getObservedOtherAddresses();

  @Description(
      "mode=observe: names with addresses of a private network from the system resolver alone")
  long getObservedOtherScope();

  @Description("mode=observe: names that only the system resolver knows")
  long getObservedOnlySystem();

  @Description("mode=observe: names that only the servers know")
  long getObservedOnlyTls();

  @Description("mode=observe: names for which the servers fail")
  long getObservedTlsFails();

  @Description("mode=observe: names not compared yet")
  long getObservedWaiting();

  @Description("mode=observe: lookups not compared, because there are too many names")
  long getObservedBeyond();

  @Description("mode=observe: the differences by suffix, those that would have failed first")
  String[] getObservedSuffixes();

  @Description(
      "mode=observe: settings that send names to the system resolver if only that knows them")
  String[] getObservedLines();

  @Description(
      "mode=observe: lookups that the system resolver answered, and that mode=enforce would fail")
  long getWouldHaveFailed();

  @Description(
      "mode=observe: lookups of WouldHaveFailed that the settings of ObservedLines would fail"
          + " too")
  long getWouldStillFail();

  @Description(
      "strict: without an authenticated server lookups fail; opportunistic: they go in the clear")
  String getProfile();

  @Description("How many pins are set, and the effect of a mismatch; none: no pin is set")
  String getPins();

  @Description("How long the JVM's own cache, in front of the agent's, keeps names")
  String getJvmCachePolicy();

  @Description("Lookups that the JVM's own cache did not answer")
  long getLookups();

  @Description("Questions (a lookup asks for IPv4 and IPv6) answered from memory at once")
  long getHits();

  @Description("Questions that had to wait for a server")
  long getMisses();

  @Description("Questions answered with an expired answer, because the servers failed")
  long getStaleAnswers();

  @Description("Misses that waited for a query already in flight")
  long getCoalesced();

  @Description("Queries that renewed an answer before a lookup had to wait for it")
  long getPrefetches();

  @Description("Lookups that failed: a server showed a wrong certificate, name or pin")
  long getFailuresUntrusted();

  /** Lookups whose answer was not the zone's, or not secure where it must be. */
  @Description("Lookups that failed: the answer's signatures do not hold (DNSSEC)")
  long getFailuresBogus();

  @Description("Lookups that failed: the servers sent no valid answer")
  long getFailuresMalformed();

  @Description("Lookups that failed: the servers said that they cannot answer")
  long getFailuresServerFailure();

  @Description("Lookups that failed: no server could be reached")
  long getFailuresUnreachable();

  @Description("Lookups that failed: no answer in time")
  long getFailuresTimeout();

  /** Lookups whose answers are signed, from a trust anchor on. */
  @Description("Lookups with a secure answer (DNSSEC)")
  long getSecureAnswers();

  /** Lookups whose answers are checked, and not signed. */
  @Description("Lookups with an insecure answer: the zone is not signed, or no anchor is above it")
  long getInsecureAnswers();

  @Description("Names that the system resolver was asked for, because no server could be reached")
  long getNamesInClear();

  @Description("Lookups answered by: the name is an address")
  long getAnswersLiteral();

  @Description("Lookups answered by: localhost and below")
  long getAnswersLoopback();

  @Description("Lookups answered by: no server is asked for the name, such as .onion")
  long getAnswersNone();

  @Description("Lookups answered by: the hosts file")
  long getAnswersHosts();

  @Description("Lookups answered by: the agent's cache, within its TTL")
  long getAnswersCache();

  @Description("Lookups answered by: the agent's cache, past its TTL")
  long getAnswersStale();

  @Description("Lookups answered by: a server of upstreams, over TLS")
  long getAnswersUpstream();

  @Description("Lookups answered by: a server of a zone's own, over TLS")
  long getAnswersZone();

  @Description("Lookups answered by: the system resolver, because the settings give it the name")
  long getAnswersSystem();

  @Description("Lookups answered by: the system resolver, because no server could be reached")
  long getAnswersOpportunistic();

  @Description("Lookups answered by: the system resolver, as without the agent (mode=observe)")
  long getAnswersObserve();

  @Description("Names that may have been in the clear: sent by the system resolver or by libraries")
  long getMayHaveBeenInClear();

  @Description("Suffixes of these names, and how many of each; never a whole name")
  String[] getClearSuffixes();

  @Description("Names in the agent's cache")
  long getCacheSize();

  @Description("Names that the agent's cache may hold: cache.maxEntries")
  long getCacheMaxEntries();

  @Description("Handshakes in which a server had none of the pins that are set")
  long getPinMismatches();

  @Description("The latest errors and warnings, the last first: time and text")
  String[] getLastErrors();

  @Description(
      "Servers that libraries asked by themselves: the server, the libraries, where the queries"
          + " went")
  String[] getBypassesSeen();

  @Description("Each setting, its value and where it was given")
  String[] getSettings();

  @Description("Files of the settings, checked once a second")
  String[] getSettingsFiles();

  @Description("When the settings in force were last read and found valid; UTC")
  String getSettingsReadAt();

  @Description("How often the settings changed while the program ran")
  long getSettingsChanges();

  @Description("Whether the settings in the files are in force")
  boolean getSettingsInForce();

  @Description("Why the settings in the files are not in force; empty if they are")
  String getSettingsProblem();

  @Description("The log level: off, error, warn, info or debug; may be set")
  String getLogLevel();

  void setLogLevel(String level);

  @Description("Where a name goes and why, and its cached answers; asks no server")
  String[] explain(String name);

  @Description("Reads the files of the settings now; returns what has changed, or fails")
  String[] reload();

  @Description("Forgets every name, in the agent's cache and the JVM's")
  void flush();

  @Description("Forgets one name, in the agent's cache and the JVM's")
  void flush(String name);
}
