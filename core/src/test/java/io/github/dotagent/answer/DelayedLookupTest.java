package io.github.dotagent.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class DelayedLookupTest {
  private static final Question ONE = Question.of("one.example.com", RecordType.A);
  private static final Question TWO = Question.of("two.example.com", RecordType.A);

  private final List<Question> asked = new ArrayList<>();
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();
  private final DelayedLookup lookup = new DelayedLookup();

  private final Lookup made =
      new Lookup() {
        @Override
        public CompletableFuture<Answer> lookup(Question question) {
          asked.add(question);
          return answer;
        }

        @Override
        public boolean isOutOfReach(String name) {
          return true;
        }
      };

  @Test
  void earlyQuestionsAreAskedOnceTheLookupExists() {
    CompletableFuture<Answer> one = lookup.lookup(ONE);
    assertEquals(List.of(), asked);
    lookup.has(made);
    assertEquals(List.of(ONE), asked);
    assertFalse(one.isDone());
    Answer found = Answer.noData(0, "server");
    answer.complete(found);
    assertSame(found, one.join());
  }

  @Test
  void aQuestionAfterItIsThereIsAskedAtOnce() {
    lookup.has(made);
    assertSame(answer, lookup.lookup(TWO));
    assertEquals(List.of(TWO), asked);
  }

  @Test
  void knowsWhetherItWasAsked() {
    assertFalse(lookup.wasAsked());
    assertFalse(lookup.lookup(ONE).isDone());
    assertTrue(lookup.wasAsked());
  }

  @Test
  void beforeTheLookupExistsNoServerIsOutOfReach() {
    assertFalse(lookup.isOutOfReach("a.example"));
    lookup.has(made);
    assertTrue(lookup.isOutOfReach("a.example"));
  }

  @Test
  void aFailureIsTheCauseForTheCaller() {
    CompletableFuture<Answer> before = lookup.lookup(ONE);
    IllegalStateException broken = new IllegalStateException("broken");
    lookup.failed(broken);
    assertSame(broken, assertThrows(ExecutionException.class, before::get).getCause());
    CompletableFuture<Answer> after = lookup.lookup(TWO);
    assertSame(broken, assertThrows(ExecutionException.class, after::get).getCause());
  }

  @Test
  void aFailureOfTheAnswerIsPassedOn() {
    CompletableFuture<Answer> one = lookup.lookup(ONE);
    lookup.has(made);
    Exception refused = new Exception("refused");
    answer.completeExceptionally(refused);
    assertSame(refused, assertThrows(ExecutionException.class, one::get).getCause());
  }
}
