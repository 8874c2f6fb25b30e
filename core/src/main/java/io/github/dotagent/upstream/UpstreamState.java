package io.github.dotagent.upstream;

/** The state of a server. */
public enum UpstreamState {
  /** Well, and there is a connection to it. */
  IN_USE("in use"),
  /** Well when it was last asked; no connection now. */
  READY("ready"),
  /** Never asked, and not connected to. */
  UNTRIED("untried"),
  /** An answer of it is later than usual; it is asked after the healthy ones. */
  LATE("late"),
  /** It failed when it was last asked; tried again when its back-off is over. */
  BACKING_OFF("backing off"),
  /** The same, because no connection to it could be made or kept. */
  UNREACHABLE("unreachable"),
  /** It has shown a wrong certificate, name or pin, and has not answered since. */
  UNTRUSTED("untrusted");

  private final String words;

  UpstreamState(String words) {
    this.words = words;
  }

  /** In words, such as {@code backing off}. */
  @Override
  public String toString() {
    return words;
  }
}
