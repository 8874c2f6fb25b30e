package io.github.dotagent.cache;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Lookup;
import io.github.dotagent.answer.Question;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;

/**
 * One upstream query for a question at a time, however many wait for it. Safe for use by any number
 * of threads.
 */
final class InFlight {
  private final Lookup upstream;
  private final ConcurrentMap<Question, CompletableFuture<Answer>> waiting =
      new ConcurrentHashMap<>();

  InFlight(Lookup upstream) {
    this.upstream = upstream;
  }

  /**
   * Asks, or joins whoever asked before. Every caller gets a future of its own: what one of them
   * does to it harms no other.
   *
   * @param arrived given the answer once, before anybody who waits for it goes on
   */
  CompletableFuture<Answer> ask(
      final Question question, final BiConsumer<Question, Answer> arrived) {
    final CompletableFuture<Answer> mine = new CompletableFuture<>();
    CompletableFuture<Answer> first = waiting.putIfAbsent(question, mine);
    if (first != null) {
      return copyOf(first);
    }
    upstream
        .lookup(question)
        .whenComplete(
            new BiConsumer<Answer, Throwable>() {
              @Override
              public void accept(Answer answer, Throwable failure) {
                try {
                  if (failure == null) {
                    arrived.accept(question, answer);
                  }
                } finally {
                  // out of the map first: who comes later finds it in the cache or asks anew
                  waiting.remove(question, mine);
                  complete(mine, answer, failure);
                }
              }
            });
    return copyOf(mine);
  }

  private static CompletableFuture<Answer> copyOf(CompletableFuture<Answer> shared) {
    final CompletableFuture<Answer> own = new CompletableFuture<>();
    shared.whenComplete(
        new BiConsumer<Answer, Throwable>() {
          @Override
          public void accept(Answer answer, Throwable failure) {
            complete(own, answer, failure);
          }
        });
    return own;
  }

  private static void complete(CompletableFuture<Answer> future, Answer answer, Throwable failure) {
    if (failure == null) {
      future.complete(answer);
    } else {
      future.completeExceptionally(failure);
    }
  }
}
