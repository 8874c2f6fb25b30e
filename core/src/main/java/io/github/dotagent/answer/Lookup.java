package io.github.dotagent.answer;

import java.util.concurrent.CompletableFuture;

/**
 * Answers a question: the one port between the steps of a lookup. The cache decorates it, the
 * upstream servers implement it. Safe for use by any number of threads.
 */
public interface Lookup {
  /**
   * Never blocks and never throws. The future ends within the configured {@code timeout}, with an
   * answer or exceptionally with a {@link LookupFailure}.
   */
  CompletableFuture<Answer> lookup(Question question);

  /**
   * Whether no server for the name can be reached, as far as is known: no connection to any of them
   * could be made or kept when it was last asked, and none has shown a wrong identity.
   *
   * @param name as {@link Question#name()} spells it
   */
  boolean isOutOfReach(String name);

  /**
   * The state of each server for the name at this moment, for the message when no answer comes;
   * empty if there is nothing to say.
   *
   * @param name as {@link Question#name()} spells it
   */
  default String doing(String name) {
    return "";
  }
}
