package io.github.dotagent.it.harness.shape;

import static io.github.dotagent.it.harness.shape.ShapeMessage.found;

import io.github.dotagent.it.harness.wire.DnsQuery;
import io.github.dotagent.it.harness.wire.RecordTypes;
import io.github.dotagent.it.harness.wire.ResponseCodes;
import java.util.List;
import java.util.function.Function;

/** Header, question, counts, and messages that end too early or too late. */
final class HeaderShapes {
  private static final int RCODES = 16; // RFC 1035 §4.1.1: four bits
  private static final int OPCODES = 7; // RFC 6895 §2.2: those that have been given away, and one
  private static final int OPCODE_SHIFT = 11; // RFC 1035 §4.1.1
  private static final int Z = 0x0040; // RFC 1035 §4.1.1
  private static final int AD = 0x0020; // RFC 4035 §3.2.3
  private static final int CD = 0x0010; // RFC 4035 §3.2.2
  private static final String OTHER = "other.test";

  private HeaderShapes() {}

  static void addTo(List<ResponseShape> all) {
    for (int i = 1; i < RCODES; i++) {
      int rcode = i;
      add(all, "rcode-" + rcode, query -> ShapeMessage.to(query).rcode(rcode));
      add(all, "rcode-" + rcode + "-with-answer", query -> found(query).rcode(rcode));
      add(all, "rcode-" + rcode + "-no-question", query -> bare(query).rcode(rcode));
    }
    for (int i = 1; i < OPCODES; i++) {
      int opcode = i;
      add(all, "opcode-" + opcode, query -> found(query).with(opcode << OPCODE_SHIFT));
    }
    flags(all);
    questions(all);
    lengths(all);
  }

  private static ShapeMessage bare(DnsQuery query) {
    return ShapeMessage.to(query).noQuestion();
  }

  private static void flags(List<ResponseShape> all) {
    add(all, "flag-aa", query -> found(query).with(ShapeMessage.AA));
    add(all, "flag-no-ra", query -> found(query).without(ShapeMessage.RA));
    add(all, "flag-no-rd", query -> found(query).without(ShapeMessage.RD));
    add(all, "flag-no-qr", query -> found(query).without(ShapeMessage.QR));
    add(all, "flag-z", query -> found(query).with(Z));
    add(all, "flag-ad", query -> found(query).with(AD));
    add(all, "flag-cd", query -> found(query).with(CD));
    add(all, "flag-tc", query -> found(query).with(ShapeMessage.TC));
    add(all, "flag-tc-no-answer", query -> ShapeMessage.to(query).with(ShapeMessage.TC));
    add(
        all,
        "referral",
        query ->
            ShapeMessage.to(query)
                .without(ShapeMessage.RA)
                .authority(ShapeMessage.soa("shape.test", 60)));
    add(all, "empty-no-aa-no-ra", query -> ShapeMessage.to(query).without(ShapeMessage.RA));
  }

  private static void questions(List<ResponseShape> all) {
    add(all, "question-none", query -> found(query).noQuestion());
    add(all, "question-twice", query -> found(query).question(query.name(), query.type(), 1));
    add(
        all,
        "question-of-other-name",
        query -> found(query).noQuestion().question(OTHER, query.type(), ShapeMessage.IN));
    add(
        all,
        "question-of-other-type",
        query -> found(query).noQuestion().question(query.name(), RecordTypes.TXT, 1));
    add(
        all,
        "question-of-other-class",
        query -> found(query).noQuestion().question(query.name(), query.type(), 3));
    add(
        all,
        "question-in-capitals",
        query ->
            found(query)
                .noQuestion()
                .question(query.name().replace("shape", "SHAPE"), query.type(), 1));
    add(
        all,
        "error-of-other-question",
        query ->
            ShapeMessage.to(query)
                .noQuestion()
                .question(OTHER, query.type(), 1)
                .rcode(ResponseCodes.SERVFAIL));
  }

  private static void lengths(List<ResponseShape> all) {
    String[] sections = {"questions", "answers", "authority", "additional"};
    for (int i = 0; i < sections.length; i++) {
      int section = i;
      add(all, "one-too-many-" + sections[i], query -> found(query).miscount(section, 1));
      add(all, "all-too-many-" + sections[i], query -> found(query).miscount(section, 60_000));
    }
    add(all, "one-too-few-answers", query -> found(query).address(query.name()).miscount(1, -1));
    add(all, "no-answers-counted", query -> found(query).miscount(1, -1));
    add(all, "octets-behind", query -> found(query).behind(new byte[9]));
    add(all, "octets-behind-empty", query -> ShapeMessage.to(query).behind(new byte[40]));
    for (int octets : new int[] {1, 2, 4, 5, 9, 13, 14, 15}) {
      add(all, "answer-cut-by-" + octets, query -> found(query).cut(octets));
      add(
          all,
          "authority-cut-by-" + octets,
          query -> found(query).authority(ShapeMessage.soa("shape.test", 60)).cut(octets));
      add(
          all,
          "additional-cut-by-" + octets,
          query ->
              found(query)
                  .additional(
                      ShapeMessage.record(
                          "ns.shape.test", RecordTypes.A, 1, 60, ShapeMessage.octets("192.0.2.9")))
                  .cut(octets));
    }
    all.add(
        new ResponseShape(
            "header-alone",
            query -> {
              byte[] header = bare(query).octets();
              header[5] = 1; // QDCOUNT
              return header;
            }));
  }

  private static void add(
      List<ResponseShape> all, String name, Function<DnsQuery, ShapeMessage> message) {
    all.add(ResponseShape.of(name, message));
  }
}
