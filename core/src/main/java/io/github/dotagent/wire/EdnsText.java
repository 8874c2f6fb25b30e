package io.github.dotagent.wire;

import io.github.dotagent.net.AddressText;
import io.github.dotagent.net.TerminalText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;

/** The EDNS part of a response in kdig's form. */
final class EdnsText {
  private static final int NSID = 3; // RFC 5001 §4
  private static final int COOKIE = 10; // RFC 7873 §8
  private static final int KEEPALIVE = 11; // RFC 7828 §3.1
  private static final int PADDING = 12; // RFC 7830 §3
  private static final int HEADER = 4; // code and length, RFC 6891 §6.1.2
  private static final int RCODE_BITS = 4; // bits of the rcode in the header, RFC 6891 §6.1.3

  private EdnsText() {}

  /**
   * @param opt the message's
   */
  static List<String> lines(Message message, OPTRecord opt) {
    List<String> lines = new ArrayList<>();
    boolean dnssec = (opt.getFlags() & ExtendedFlags.DO) != 0;
    boolean extended = opt.getExtendedRcode() > 0;
    lines.add(
        ";; Version: "
            + opt.getVersion()
            + "; flags: "
            + (dnssec ? "do" : "")
            + "; UDP size: "
            + opt.getPayloadSize()
            + " B; ext-rcode: "
            + CodeNames.rcode(
                extended
                    ? opt.getExtendedRcode() << RCODE_BITS | message.getHeader().getRcode()
                    : 0));
    for (EDNSOption option : opt.getOptions()) {
      lines.add(";; " + text(option));
    }
    return lines;
  }

  private static String text(EDNSOption option) {
    byte[] wire = option.toWire();
    byte[] data = Arrays.copyOfRange(wire, HEADER, wire.length);
    if (option instanceof ExtendedErrorCodeOption) {
      return extendedError((ExtendedErrorCodeOption) option);
    }
    if (option instanceof ClientSubnetOption) {
      ClientSubnetOption subnet = (ClientSubnetOption) option;
      return "CLIENT-SUBNET: "
          + AddressText.of(subnet.getAddress())
          + '/'
          + subnet.getSourcePrefixLength()
          + '/'
          + subnet.getScopePrefixLength();
    }
    switch (option.getCode()) {
      case NSID:
        return "NSID: " + HexText.of(data) + (data.length == 0 ? "" : " \"" + ascii(data) + '"');
      case COOKIE:
        return "COOKIE: " + HexText.of(data);
      case KEEPALIVE:
        return "KEEPALIVE: " + keepAlive(data);
      case PADDING:
        return "PADDING: " + data.length + " B";
      default:
        return "Option (" + option.getCode() + "): " + HexText.of(data);
    }
  }

  private static String extendedError(ExtendedErrorCodeOption error) {
    int code = error.getErrorCode();
    String text = error.getText();
    String name = "EDE: " + code + " (" + ExtendedErrorNames.of(code) + ")";
    return text == null || text.isEmpty() ? name : name + ": '" + TerminalText.of(text) + "'";
  }

  /** Two octets in units of 100 ms (RFC 7828 §3.1). */
  private static String keepAlive(byte[] data) {
    if (data.length != 2) {
      return HexText.of(data);
    }
    Duration time = KeepAlive.ofUnits((data[0] & 0xff) << 8 | data[1] & 0xff);
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }

  private static String ascii(byte[] data) {
    StringBuilder text = new StringBuilder();
    for (byte octet : data) {
      text.append(octet > ' ' - 1 && octet < 127 ? (char) octet : '.');
    }
    return text.toString();
  }
}
