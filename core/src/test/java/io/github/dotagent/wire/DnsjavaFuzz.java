package io.github.dotagent.wire;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import io.github.dotagent.fuzz.Findings;
import io.github.dotagent.fuzz.FuzzTarget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * The same response by our decoder and by dnsjava's: what dnsjava can read we can, and the
 * addresses at the end of the aliases are the same, in the same order.
 */
public final class DnsjavaFuzz implements FuzzTarget {
  private static final Question QUESTION = Question.of("www.example.com", RecordType.A);
  private static final Name NAME = Name.fromConstantString("www.example.com.");

  @Override
  public void read(byte[] octets) {
    Message message;
    try {
      message = new Message(octets);
    } catch (IOException | RuntimeException unreadable) {
      return; // also where no answer depends on the damaged part: DamagedPartsTest
    }
    List<String> ours = new ArrayList<>();
    try {
      Answer answer = ResponseDecoder.decode(QUESTION, octets, Decoded.SERVER).answer();
      answer.addresses().forEach(address -> ours.add(HexFormat.of().formatHex(address)));
    } catch (ResponseException refused) {
      Findings.check(
          !refused.getMessage().equals(ReceivedMessage.notDns().getMessage())
              || octets.length < 12
              || (octets[2] & 2) != 0, // TC: dnsjava reads what there is
          "dnsjava reads it");
      return;
    }
    List<String> theirs = addresses(message);
    Findings.check(ours.equals(theirs), "ours " + ours + ", dnsjava's " + theirs);
  }

  private static List<String> addresses(Message message) {
    List<Record> answer = message.getSection(Section.ANSWER);
    Map<Name, Integer> aliases = new HashMap<>(); // the first of each name
    for (int i = 0; i < answer.size(); i++) {
      if (answer.get(i) instanceof CNAMERecord && answer.get(i).getDClass() == DClass.IN) {
        aliases.putIfAbsent(answer.get(i).getName(), i);
      }
    }
    Map<Name, Integer> left = new HashMap<>(); // name and the last record that counts for it
    Name end = NAME;
    for (Integer alias = aliases.get(end); alias != null; alias = aliases.get(end)) {
      if (left.put(end, alias) != null) {
        break;
      }
      Name target = ((CNAMERecord) answer.get(alias)).getTarget();
      if (target.equals(end)) {
        left.put(end, answer.size());
        break;
      }
      end = target;
    }
    left.putIfAbsent(end, answer.size());
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < answer.size(); i++) {
      Record record = answer.get(i);
      if (record.getType() == Type.A
          && record.getDClass() == DClass.IN
          && i < left.getOrDefault(record.getName(), 0)) {
        addresses.add(HexFormat.of().formatHex(((ARecord) record).getAddress().getAddress()));
      }
    }
    return addresses;
  }
}
