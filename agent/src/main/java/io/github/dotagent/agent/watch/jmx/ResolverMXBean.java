package io.github.dotagent.agent.watch.jmx;

/**
 * {@code io.github.dotagent:type=Resolver}. All counts are since the start. What each one tells is
 * in docs/watching.md.
 */
@Meaning("Host name lookups of this JVM, over DNS over TLS")
public interface ResolverMXBean {
  @Meaning("Version of dot-agent")
  String getVersion();

  @Meaning("What of the JDK is hooked into")
  String getHook();

  @Meaning("strict: no authenticated answer, no answer; opportunistic: else in the clear")
  String getProfile();

  @Meaning("How many pins are set, and what a mismatch does; none")
  String getPins();

  @Meaning("How long the JVM's own cache, in front of the agent's, keeps names")
  String getJvmCachePolicy();

  @Meaning("Lookups that the JVM's own cache did not answer")
  long getLookups();

  @Meaning("Questions (a lookup asks for IPv4 and IPv6) answered from memory at once")
  long getHits();

  @Meaning("Questions that had to wait for a server")
  long getMisses();

  @Meaning("Questions answered with what had outlived its TTL, for the servers failed")
  long getStaleAnswers();

  @Meaning("Misses that waited for a query which was under way already")
  long getCoalesced();

  @Meaning("Queries sent before anybody had to wait for them")
  long getPrefetches();

  @Meaning("Lookups that failed: a server showed a wrong certificate, name or pin")
  long getFailuresUntrusted();

  @Meaning("Lookups that failed: what came was no answer")
  long getFailuresMalformed();

  @Meaning("Lookups that failed: the servers said that they cannot answer")
  long getFailuresServerFailure();

  @Meaning("Lookups that failed: no server could be reached")
  long getFailuresUnreachable();

  @Meaning("Lookups that failed: no answer in time")
  long getFailuresTimeout();

  @Meaning("Names that the system resolver was asked for in the clear, for no server was in reach")
  long getNamesInClear();

  @Meaning("Names in the agent's cache")
  long getCacheSize();

  @Meaning("Names that the agent's cache may hold: cache.maxEntries")
  long getCacheMaxEntries();

  @Meaning("Handshakes in which a server had none of the pins that are set")
  long getPinMismatches();

  @Meaning("What went wrong lately, the last first: time and text")
  String[] getLastErrors();

  @Meaning("Servers that libraries asked by themselves, by whom, and what became of it")
  String[] getBypassesSeen();

  @Meaning("Each setting, its value and where it was given")
  String[] getSettings();

  @Meaning("What is logged, up to: off, error, warn, info or debug; may be set")
  String getLogLevel();

  void setLogLevel(String level);

  @Meaning("Where a name goes and why, and what is kept of it; asks no server")
  String[] explain(String name);

  @Meaning("Forgets every name, in the agent's cache and the JVM's")
  void flush();

  @Meaning("Forgets one name, in the agent's cache and the JVM's")
  void flush(String name);
}
