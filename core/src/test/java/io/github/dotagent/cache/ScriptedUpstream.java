package io.github.dotagent.cache;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Lookup;
import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.Question;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** Records each question, and gives scripted answers. Safe for use by any number of threads. */
final class ScriptedUpstream implements Lookup {
  private final Queue<Question> asked = new ConcurrentLinkedQueue<>();
  private volatile Function<Question, CompletableFuture<Answer>> script;
  volatile boolean outOfReach;

  ScriptedUpstream(Function<Question, CompletableFuture<Answer>> script) {
    this.script = script;
  }

  /** Gives one answer to every question. */
  static ScriptedUpstream answering(Answer answer) {
    return new ScriptedUpstream(question -> CompletableFuture.completedFuture(answer));
  }

  void from(Answer answer) {
    script = question -> CompletableFuture.completedFuture(answer);
  }

  void from(Function<Question, CompletableFuture<Answer>> next) {
    script = next;
  }

  @Override
  public boolean isOutOfReach(String name) {
    return outOfReach;
  }

  @Override
  public CompletableFuture<Answer> lookup(Question question) {
    asked.add(question);
    return script.apply(question);
  }

  List<Question> asked() {
    return List.copyOf(asked);
  }

  int times() {
    return asked.size();
  }

  static LookupFailure failure() {
    return failure(LookupFailure.Kind.UNREACHABLE);
  }

  static LookupFailure failure(LookupFailure.Kind kind) {
    return LookupFailure.of(
        List.of(new LookupFailure.Attempt("192.0.2.53@853", kind, "did not answer", null)));
  }
}
