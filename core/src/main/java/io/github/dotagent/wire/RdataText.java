package io.github.dotagent.wire;

import io.github.dotagent.net.AddressText;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xbill.DNS.Record;
import org.xbill.DNS.SPFRecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** The data of a record as kdig prints it, also if dnsjava prints it in another form. */
final class RdataText {
  /** An IPv6 address as dnsjava prints it. */
  private static final Pattern EIGHT_GROUPS =
      Pattern.compile("(?<![0-9a-fA-F:])[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){7}(?![0-9a-fA-F:])");

  /** The same in a list of prefixes, behind its family (RFC 3123 §4). */
  private static final Pattern PREFIX =
      Pattern.compile("(?<=2:)[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){7}(?=/)");

  /**
   * The beginning of an IPv4-mapped address as dnsjava prints it, and as people write it (RFC 5952
   * §5).
   */
  private static final String MAPPED = "0:0:0:0:0:ffff:";

  private static final String MAPPED_SHORT = "::ffff:";

  /** A parameter of SVCB that has no name yet (RFC 9460 §2.1). */
  private static final Pattern UNNAMED = Pattern.compile("(?<= )(key[0-9]+)=([^\" ]+)(?= |$)");

  private RdataText() {}

  /** Data that dnsjava parses and cannot print is printed as data of an unknown type (RFC 3597). */
  static String of(Record record) {
    try {
      return known(record);
    } catch (RuntimeException unforeseen) {
      byte[] data = record.rdataToWireCanonical();
      return "\\# " + data.length + (data.length == 0 ? "" : " " + HexText.of(data)); // RFC 3597 §5
    }
  }

  private static String known(Record record) {
    String text = record.rdataToString();
    switch (record.getType()) {
      case Type.AAAA:
        return text.startsWith(MAPPED) && text.indexOf('.') > 0
            ? MAPPED_SHORT + text.substring(MAPPED.length())
            : shortAddresses(text, EIGHT_GROUPS);
      case Type.APL:
        return shortAddresses(text, PREFIX);
      case Type.IPSECKEY:
      case Type.AMTRELAY:
        return shortAddresses(text, EIGHT_GROUPS);
      case Type.SVCB:
      case Type.HTTPS:
        return UNNAMED.matcher(shortAddresses(text, EIGHT_GROUPS)).replaceAll("$1=\"$2\"");
      case Type.TXT:
        return quoted(((TXTRecord) record).getStringsAsByteArrays());
      case Type.SPF:
        return quoted(((SPFRecord) record).getStringsAsByteArrays());
      case Type.EUI48:
      case Type.EUI64:
        return hyphenated(record.rdataToWireCanonical());
      default:
        return text;
    }
  }

  /** Every string in quotes, where dnsjava leaves the quotes out if it can. */
  private static String quoted(List<byte[]> strings) {
    StringBuilder text = new StringBuilder();
    for (byte[] string : strings) {
      text.append(text.length() == 0 ? "\"" : " \"");
      for (byte octet : string) {
        int value = octet & 0xff;
        if (value == '"' || value == '\\') {
          text.append('\\').append((char) value);
        } else if (value < ' ' || value > '~') {
          text.append('\\').append(value / 100).append(value / 10 % 10).append(value % 10);
        } else {
          text.append((char) value);
        }
      }
      text.append('"');
    }
    return text.toString();
  }

  /** RFC 5952 §4.2. */
  private static String shortAddresses(String text, Pattern addresses) {
    Matcher matcher = addresses.matcher(text);
    StringBuffer shorter = new StringBuffer(); // Java 8 takes no StringBuilder here
    while (matcher.find()) {
      matcher.appendReplacement(shorter, AddressText.compressed(matcher.group()));
    }
    return matcher.appendTail(shorter).toString();
  }

  /** RFC 7043 §3.2, which dnsjava does not know. */
  private static String hyphenated(byte[] octets) {
    StringBuilder text = new StringBuilder();
    for (byte octet : octets) {
      text.append(text.length() == 0 ? "" : "-").append(HexText.of(new byte[] {octet}));
    }
    return text.toString();
  }
}
