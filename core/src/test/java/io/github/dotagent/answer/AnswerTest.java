package io.github.dotagent.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTest {
  @Test
  void addresses() {
    byte[] address = {(byte) 192, 0, 2, 1};
    Answer answer = Answer.addresses(List.of(address), 300, "192.0.2.53");
    assertEquals(Answer.Outcome.RECORDS, answer.outcome());
    assertEquals(List.of(address), answer.addresses());
    assertEquals(List.of(), answer.names());
    assertEquals(300, answer.ttlSeconds());
    assertEquals("192.0.2.53", answer.server());
  }

  @Test
  void names() {
    Answer answer = Answer.names(List.of("a.example", "b.example"), 60, "192.0.2.53");
    assertEquals(Answer.Outcome.RECORDS, answer.outcome());
    assertEquals(List.of("a.example", "b.example"), answer.names());
    assertEquals(List.of(), answer.addresses());
  }

  @Test
  void negativeOnesHoldNoRecords() {
    Answer noName = Answer.noSuchName(30, "192.0.2.53");
    Answer noData = Answer.noData(20, "192.0.2.53");
    assertEquals(Answer.Outcome.NO_SUCH_NAME, noName.outcome());
    assertEquals(Answer.Outcome.NO_DATA, noData.outcome());
    assertEquals(30, noName.ttlSeconds());
    assertEquals(20, noData.ttlSeconds());
    assertEquals(List.of(), noName.addresses());
    assertEquals(List.of(), noData.names());
  }

  /** It is shared by all who wait for it, and kept. */
  @Test
  void itsListsCannotBeChanged() {
    List<String> given = new ArrayList<>(List.of("a.example"));
    Answer answer = Answer.names(given, 60, "192.0.2.53");
    given.clear();
    assertEquals(List.of("a.example"), answer.names());
    assertThrows(UnsupportedOperationException.class, () -> answer.names().clear());
    Answer addresses = Answer.addresses(List.of(new byte[4]), 60, "192.0.2.53");
    assertThrows(UnsupportedOperationException.class, () -> addresses.addresses().clear());
  }

  @Test
  void aServerIsPartOfIt() {
    assertThrows(NullPointerException.class, () -> Answer.noData(0, null));
  }
}
