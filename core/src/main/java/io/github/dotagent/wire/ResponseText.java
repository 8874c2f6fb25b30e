package io.github.dotagent.wire;

import io.github.dotagent.net.TerminalText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A response section by section, in the form of kdig (Knot DNS 3.2), for people. */
public final class ResponseText {
  private static final int NAME_WIDTH = 20; // kdig's; longer names push the rest to the right
  private static final int TABBED = 32; // after a name of this length or more comes a blank

  // in the order of kdig
  private static final int[] FLAGS = {Flags.QR, Flags.AA, Flags.TC, Flags.RD, Flags.RA};
  private static final int Z =
      0x40; // RFC 1035 §4.1.1: must be zero, and dnsjava has no name for it
  private static final int[] SECURITY_FLAGS = {Flags.AD, Flags.CD}; // RFC 4035 §3

  private final Message message;
  private final byte[] octets;
  private final List<String> lines = new ArrayList<>();

  private ResponseText(byte[] octets) throws ResponseException {
    this.octets = octets;
    this.message = ResponseDecoder.parse(octets);
  }

  /**
   * @param response one DNS message, whatever its octets
   * @throws ResponseException if the octets are not a DNS message, or one that cannot be shown
   */
  public static List<String> lines(byte[] response) throws ResponseException {
    ResponseText text = new ResponseText(response);
    try {
      text.header();
      text.edns();
      text.question();
      text.records("ANSWER", Section.ANSWER);
      text.records("AUTHORITY", Section.AUTHORITY);
      text.records("ADDITIONAL", Section.ADDITIONAL);
    } catch (RuntimeException unforeseen) {
      // the server chose the octets, and dnsjava reads some records that it cannot print
      throw ResponseException.malformed("sent a message that cannot be shown", unforeseen);
    }
    return text.lines;
  }

  private void header() {
    Header header = message.getHeader();
    lines.add(
        ";; ->>HEADER<<- opcode: "
            + CodeNames.opcode(header.getOpcode())
            + "; status: "
            + CodeNames.rcode(message.getRcode())
            + "; id: "
            + header.getID());
    lines.add(
        ";; Flags:"
            + flags(header, FLAGS)
            + ((octets[3] & Z) != 0 ? " z" : "")
            + flags(header, SECURITY_FLAGS)
            + "; QUERY: "
            + header.getCount(Section.QUESTION)
            + "; ANSWER: "
            + header.getCount(Section.ANSWER)
            + "; AUTHORITY: "
            + header.getCount(Section.AUTHORITY)
            + "; ADDITIONAL: "
            + header.getCount(Section.ADDITIONAL));
  }

  private static String flags(Header header, int[] wanted) {
    StringBuilder text = new StringBuilder();
    for (int flag : wanted) {
      if (header.getFlag(flag)) {
        text.append(' ').append(Flags.string(flag));
      }
    }
    return text.toString();
  }

  private void edns() {
    OPTRecord opt = message.getOPT();
    if (opt != null) {
      lines.addAll(Arrays.asList("", ";; EDNS PSEUDOSECTION:"));
      lines.addAll(EdnsText.lines(message, opt));
    }
  }

  private void question() {
    List<Record> questions = message.getSection(Section.QUESTION);
    if (!questions.isEmpty()) {
      lines.addAll(Arrays.asList("", ";; QUESTION SECTION:"));
    }
    for (Record question : questions) {
      lines.add(";; " + padded(question.getName()) + '\t' + classAndType(question));
    }
  }

  private void records(String title, int section) {
    boolean first = true;
    for (Record record : message.getSection(section)) {
      if (record.getType() == Type.OPT) {
        continue; // the OPT record is shown as EDNS
      }
      if (first) {
        lines.addAll(Arrays.asList("", ";; " + title + " SECTION:"));
        first = false;
      }
      lines.add(
          padded(record.getName())
              + record.getTTL()
              + '\t'
              + classAndType(record)
              + '\t'
              + TerminalText.of(RdataText.of(record)));
    }
  }

  private static String classAndType(Record record) {
    return DClass.string(record.getDClass()) + '\t' + Type.string(record.getType());
  }

  private static String padded(Name name) {
    StringBuilder text = new StringBuilder(name.toString());
    while (text.length() < NAME_WIDTH) {
      text.append(' ');
    }
    return text.append(text.length() < TABBED ? '\t' : ' ').toString();
  }
}
