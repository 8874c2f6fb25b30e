package io.github.dotagent.resolver;

import io.github.dotagent.fuzz.Findings;
import io.github.dotagent.fuzz.FuzzInput;
import io.github.dotagent.fuzz.FuzzTarget;
import io.github.dotagent.net.AddressLiteral;
import io.github.dotagent.net.HostName;
import io.github.dotagent.net.InternationalName;
import io.github.dotagent.net.TerminalText;
import io.github.dotagent.wire.QueryToInspect;
import java.net.UnknownHostException;

/** A name or an address, as a program looks it up or a user types it. */
public final class NamesFuzz implements FuzzTarget {
  @Override
  public void read(byte[] octets) {
    FuzzInput input = new FuzzInput(octets);
    boolean typed = (input.octet() & 1) != 0;
    String text = input.text();
    Findings.checkIsLine(TerminalText.of(text));
    AddressLiteral.parse(text);
    try {
      HostName.of(text);
    } catch (UnknownHostException refused) {
      Findings.checkIsLine(refused.getMessage());
    }
    if (!InternationalName.isAscii(text)) {
      try {
        Findings.check(InternationalName.isAscii(InternationalName.toAscii(text)), "not ASCII");
      } catch (InternationalName.NoAsciiFormException refused) {
        Findings.checkIsLine(refused.getMessage());
      }
    }
    if (typed) {
      inspect(text);
    }
  }

  private static void inspect(String text) {
    int blank = text.indexOf(' ');
    String name = blank < 0 ? text : text.substring(0, blank);
    String type = blank < 0 ? null : text.substring(blank + 1);
    try {
      QueryToInspect query = QueryToInspect.of(name, type);
      Findings.checkIsLine(query.toString());
      Findings.check(query.octets().length > 12 && query.octetsWithoutEdns().length > 12, name);
    } catch (IllegalArgumentException refused) {
      // said to who typed it, through TerminalText: LookupCommand
      Findings.checkIsLine(TerminalText.of(refused.getMessage()));
    }
  }
}
