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
  /** What earlier queries brought. */
  interface Kept {
    /** Null when there is nothing. */
    Answer find(Question question);

    /** Given an answer once, before anybody who waits for it goes on. */
    void keep(Question question, Answer answer);
  }

  private final Lookup upstream;
  private final Kept kept;
  private final ConcurrentMap<Question, CompletableFuture<Answer>> waiting =
      new ConcurrentHashMap<>();

  InFlight(Lookup upstream, Kept kept) {
    this.upstream = upstream;
    this.kept = kept;
  }

  /**
   * Asks, or joins whoever asked before. Every caller gets a future of its own: what one of them
   * does to it harms no other.
   */
  CompletableFuture<Answer> ask(Question question) {
    CompletableFuture<Answer> mine = new CompletableFuture<>();
    CompletableFuture<Answer> first = waiting.putIfAbsent(question, mine);
    if (first != null) {
      return copyOf(first);
    }
    // between the caller's own look and now, whoever asked before may have been answered
    Answer meanwhile = kept.find(question);
    if (meanwhile == null) {
      askUpstream(question, mine);
    } else {
      waiting.remove(question, mine);
      mine.complete(meanwhile);
    }
    return copyOf(mine);
  }

  private void askUpstream(final Question question, final CompletableFuture<Answer> mine) {
    CompletableFuture<Answer> asked;
    try {
      asked = upstream.lookup(question);
    } catch (RuntimeException | Error broken) {
      // left in the map, it would be what everybody waits for from now on
      waiting.remove(question, mine);
      mine.completeExceptionally(broken);
      return;
    }
    asked.whenComplete(
        new BiConsumer<Answer, Throwable>() {
          @Override
          public void accept(Answer answer, Throwable failure) {
            try {
              if (failure == null) {
                kept.keep(question, answer);
              }
            } finally {
              // out of the map first: who comes later finds it in the cache or asks anew
              waiting.remove(question, mine);
              complete(mine, answer, failure);
            }
          }
        });
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
