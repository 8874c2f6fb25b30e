package io.github.dotagent.net;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;

/**
 * Names in any alphabet, as ASCII. The JDK converts by IDNA 2003, with the characters of Unicode
 * 3.2; browsers and registries use IDNA 2008 and UTS #46 (without its transitional processing).
 * Most names have the same form in both, and are converted. For the others the JDK's form is
 * another name, perhaps with another owner: faß.example would be fass.example. Those are refused.
 */
public final class InternationalName {
  /** The reason why a name has no ASCII form. */
  public static final class NoAsciiFormException extends Exception {
    private static final long serialVersionUID = 1L;

    NoAsciiFormException(String why) {
      super(why);
    }
  }

  private static final String NONE = "it has no ASCII form (RFC 5891)";

  /** The ASCII form has a character for each that counts, and 253 at most (RFC 1035 §2.3.4). */
  private static final int LONGEST = 1_000;

  private static final String REMEDY = "; write the name in its xn-- form";

  /** Its lower case is two characters. */
  private static final int CAPITAL_I_WITH_DOT = 0x130;

  private static final String SMALL_I_AND_DOT = "i\u0307"; // what toLowerCase makes of U+0130

  private InternationalName() {}

  /** Whether there is nothing to convert. */
  public static boolean isAscii(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) > 127) {
        return false;
      }
    }
    return true;
  }

  /**
   * @param name with at least one character that is not ASCII
   */
  public static String toAscii(String name) throws NoAsciiFormException {
    if (name.length() > LONGEST) {
      throw new NoAsciiFormException(NONE);
    }
    try {
      refuseDoubtful(name);
      String ascii = IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
      if (ascii.equalsIgnoreCase(IDN.toASCII(mapped(name), IDN.ALLOW_UNASSIGNED))) {
        return ascii;
      }
    } catch (RuntimeException notConvertible) {
      // IllegalArgumentException, and of newer JDKs a plain one for a very long name
      throw new NoAsciiFormException(NONE);
    }
    throw new NoAsciiFormException("IDNA 2003 and 2008 differ about it" + REMEDY);
  }

  /** The failure for the first character that the two treat differently, whatever is around it. */
  private static void refuseDoubtful(String name) throws NoAsciiFormException {
    for (int i = 0; i < name.length(); i += Character.charCount(name.codePointAt(i))) {
      int c = name.codePointAt(i);
      if (c > 127 && !Character.isDefined(c)) {
        throw new NoAsciiFormException(
            String.format(Locale.ROOT, "this Java does not know its character U+%04X", c) + REMEDY);
      }
      if (c > 127 && (isDeviation(c) || isTreatedDifferently(c) || hidesDot(c))) {
        throw new NoAsciiFormException(
            String.format(Locale.ROOT, "IDNA 2003 and 2008 differ about its character U+%04X", c)
                + REMEDY);
      }
    }
  }

  /** UTS #46 §6: ß, final sigma, zero width joiner and non-joiner. */
  private static boolean isDeviation(int c) {
    return c == 0xdf || c == 0x3c2 || c == 0x200c || c == 0x200d;
  }

  /**
   * Besides those above, these were found by comparing all characters with the table of UTS #46:
   * characters that one of the two ignores or forbids, and small letters that fold into others.
   */
  private static boolean isTreatedDifferently(int c) {
    return Character.getType(c) == Character.FORMAT && !isIgnored(c)
        || c >= 0x115f && c <= 0x1160 // fillers of Hangul, as the next but four
        || c >= 0x17b4 && c <= 0x17b5 // inherent vowels of Khmer
        || c == 0x1806 // a soft hyphen of Mongolian
        || c == 0x180f // and a variation selector of it
        || c == 0x3164
        || c == 0xffa0
        || c >= 0x1c80 && c <= 0x1c88 // old forms of Cyrillic letters
        || c >= 0x13f8 && c <= 0x13fd // small letters of Cherokee, which fold into large ones
        || c >= 0xab70 && c <= 0xabbf
        || c == 0x32ff // a square that older Javas do not take apart
        || c >= 0xe0100 && c <= 0xe01ef; // variation selectors
  }

  /**
   * Both ignore these; the characters around them are then normalised as if they were not there.
   */
  private static boolean isIgnored(int c) {
    return c == 0xad // soft hyphen
        || c == 0x34f // combining grapheme joiner
        || c >= 0x180b && c <= 0x180d // variation selectors of Mongolian
        || c == 0x200b // zero width space
        || c == 0x2060 // word joiner
        || c >= 0xfe00 && c <= 0xfe0f // variation selectors
        || c == 0xfeff; // zero width no-break space
  }

  /** Except the three dots that separate labels (RFC 3490 §3.1), such as in U+2488, "1.". */
  private static boolean hidesDot(int c) {
    return c != 0x3002
        && c != 0xff0e
        && c != 0xff61
        && Normalizer.normalize(new String(Character.toChars(c)), Normalizer.Form.NFKC).indexOf('.')
            >= 0;
  }

  /** Known to the Unicode of this Java; IDN knows only the characters of 2002. */
  private static String mapped(String name) {
    StringBuilder kept = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i += Character.charCount(name.codePointAt(i))) {
      int c = name.codePointAt(i);
      if (!isIgnored(c)) {
        kept.appendCodePoint(c);
      }
    }
    String composed = Normalizer.normalize(kept, Normalizer.Form.NFKC);
    StringBuilder folded = new StringBuilder(composed.length());
    for (int i = 0; i < composed.length(); i += Character.charCount(composed.codePointAt(i))) {
      int c = composed.codePointAt(i);
      // letter by letter: a word's lower case would end in a final sigma
      if (c == CAPITAL_I_WITH_DOT) {
        folded.append(SMALL_I_AND_DOT); // the mark then finds its place among others (NFKC)
      } else {
        folded.appendCodePoint(Character.toLowerCase(c));
      }
    }
    return Normalizer.normalize(folded, Normalizer.Form.NFKC);
  }
}
