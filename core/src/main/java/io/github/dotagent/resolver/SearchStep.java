package io.github.dotagent.resolver;

import java.util.concurrent.TimeUnit;

/** How a search continues after one of its names was asked for. */
enum SearchStep {
  /** The next name is asked for. */
  NEXT,
  /** The list ends, and the name as it is is asked for. */
  NAME_AS_IT_IS,
  /** It ends with this result. */
  END;

  /**
   * The system resolver does not say why it failed. A failure after this time is treated as a
   * silent server, because no resolver waits less (resolv.conf(5), timeout). The next name would
   * then wait for the same server.
   */
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * @param tookNanos how long it was asked for
   */
  static SearchStep after(NameResult<?> result, long tookNanos) {
    switch (result.outcome()) {
      case NO_SUCH_NAME:
      case NO_DATA:
      case SERVER_FAILURE:
      case MALFORMED:
        return NEXT;
      case TIMEOUT:
        return NAME_AS_IT_IS;
      case SYSTEM_FAILURE:
        return tookNanos < SILENCE_NANOS ? NEXT : NAME_AS_IT_IS;
      default: // found; or no server can be reached or trusted
        return END;
    }
  }
}
