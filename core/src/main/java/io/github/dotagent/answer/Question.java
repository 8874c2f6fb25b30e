package io.github.dotagent.answer;

import java.util.Locale;
import java.util.Objects;

/**
 * The question of one DNS query: a name and a type, class IN.
 *
 * <p>Names compare without regard to case (RFC 4343), so the name is kept in lower case, absolute,
 * without the dot at its end. Immutable.
 */
public final class Question {
  private final String name;
  private final RecordType type;

  private Question(String name, RecordType type) {
    this.name = name;
    this.type = type;
  }

  /**
   * @param name an absolute domain name in ASCII, with or without the dot at its end
   */
  public static Question of(String name, RecordType type) {
    boolean dotted = name.endsWith(".");
    String bare = dotted ? name.substring(0, name.length() - 1) : name;
    return new Question(bare.toLowerCase(Locale.ROOT), Objects.requireNonNull(type, "type"));
  }

  /**
   * The same for a name that is already in this form. To look at each letter again would cost three
   * calls each, and a young JVM interprets them.
   *
   * @param name in lower case, without the dot at its end
   */
  public static Question ofLowerCase(String name, RecordType type) {
    return new Question(name, Objects.requireNonNull(type, "type"));
  }

  /** Lower case, no dot at the end. */
  public String name() {
    return name;
  }

  public RecordType type() {
    return type;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Question
        && type == ((Question) other).type
        && name.equals(((Question) other).name);
  }

  @Override
  public int hashCode() {
    return name.hashCode() * 31 + type.ordinal();
  }

  @Override
  public String toString() {
    return name + ' ' + type;
  }
}
