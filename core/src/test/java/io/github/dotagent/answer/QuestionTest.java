package io.github.dotagent.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionTest {
  private static final Question WWW = Question.of("www.example.com", RecordType.A);

  @ParameterizedTest
  @ValueSource(
      strings = {"www.example.com", "WWW.Example.COM", "www.example.com.", "wWw.EXAMPLE.com."})
  void spellingsOfOneName(String spelling) {
    Question question = Question.of(spelling, RecordType.A);
    assertEquals(WWW, question);
    assertEquals(WWW.hashCode(), question.hashCode());
    assertEquals("www.example.com", question.name());
    assertEquals("www.example.com A", question.toString());
  }

  /** A Turkish locale makes another letter of the I, and another name. */
  @Test
  void lowerCaseIsThatOfDnsWhateverTheLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr-TR"));
    try {
      assertEquals("mail.example", Question.of("MAIL.EXAMPLE", RecordType.A).name());
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void otherQuestions() {
    assertNotEquals(WWW, Question.of("www.example.com", RecordType.AAAA));
    assertNotEquals(WWW, Question.of("www.example.org", RecordType.A));
    assertNotEquals(WWW, Question.of("www.example.com..", RecordType.A));
    assertNotEquals((Object) WWW, "www.example.com A");
  }

  @Test
  void aTypeIsPartOfIt() {
    assertThrows(NullPointerException.class, () -> Question.of("www.example.com", null));
  }
}
