package io.github.dotagent.wire;

import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;

/** Opcodes and response codes as kdig names them (IANA's "Domain Name System Parameters"). */
final class CodeNames {
  private static final String UNASSIGNED = "RESERVED"; // dnsjava's word before the number

  private CodeNames() {}

  static String opcode(int opcode) {
    String name = Opcode.string(opcode);
    return name.startsWith(UNASSIGNED) ? "OPCODE " + opcode : name;
  }

  /**
   * @param rcode with the upper bits that EDNS adds (RFC 6891 §6.1.3)
   */
  static String rcode(int rcode) {
    if (rcode == Rcode.NOTIMP) {
      return "NOTIMPL";
    }
    String name = Rcode.string(rcode);
    return name.startsWith(UNASSIGNED) ? "RCODE " + rcode : name;
  }
}
