package io.github.dotagent.answer;

/** Where an answer comes from: the nearest to the program first. */
public enum Source {
  /** The name is an address. */
  LITERAL("literal"),
  /** The name means the loopback, by definition (RFC 6761 §6.3). */
  LOOPBACK("loopback"),
  /** No server was asked: DNS cannot know the name. */
  NONE("none"),
  /** The hosts file. */
  HOSTS("hosts"),
  /** The agent's cache, within its TTL. */
  CACHE("cache"),
  /** The agent's cache, past its TTL, because the servers fail (RFC 8767). */
  STALE("stale"),
  /** A server of {@code upstreams}, over TLS. */
  UPSTREAM("upstream"),
  /** A server of a zone's own, over TLS. */
  ZONE("zone"),
  /** The system resolver, perhaps in the clear: the name is one of the system's. */
  SYSTEM("system"),
  /**
   * The system resolver, perhaps in the clear, because no server can be reached: {@code
   * profile=opportunistic}.
   */
  OPPORTUNISTIC("opportunistic"),
  /** The system resolver, perhaps in the clear, as without the agent: {@code mode=observe}. */
  OBSERVE("observe");

  private final String word;

  Source(String word) {
    this.word = word;
  }

  @Override
  public String toString() {
    return word;
  }
}
