package io.github.dotagent.resolver;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What came of one name: addresses, or why there are none. */
final class NameResult {
  private final InetAddress[] addresses; // null when there are none
  private final UnknownHostException refusal; // null when there are some
  private final boolean isNegative;

  private NameResult(InetAddress[] addresses, UnknownHostException refusal, boolean isNegative) {
    this.addresses = addresses;
    this.refusal = refusal;
    this.isNegative = isNegative;
  }

  static NameResult found(InetAddress... addresses) {
    return new NameResult(addresses, null, false);
  }

  /** Somebody who knows says that there is nothing: other names may be tried. */
  static NameResult negative(UnknownHostException refusal) {
    return new NameResult(null, refusal, true);
  }

  /** Nobody could tell: another name's addresses would be a guess. */
  static NameResult failed(UnknownHostException refusal) {
    return new NameResult(null, refusal, false);
  }

  boolean isFound() {
    return addresses != null;
  }

  boolean isNegative() {
    return isNegative;
  }

  InetAddress[] orThrow() throws UnknownHostException {
    if (addresses == null) {
      throw refusal;
    }
    return addresses;
  }
}
