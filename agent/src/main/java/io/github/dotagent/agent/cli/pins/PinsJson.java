package io.github.dotagent.agent.cli.pins;

import com.google.gson.stream.JsonWriter;
import io.github.dotagent.agent.cli.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** For programs: one document. */
final class PinsJson {
  private PinsJson() {}

  static void write(List<ServerPins> servers, PrintWriter out) throws IOException {
    JsonWriter json = Json.to(out);
    json.beginObject().name("upstreams").beginArray();
    for (ServerPins server : servers) {
      json.beginObject();
      json.name("address").value(server.server().toString());
      json.name("trusted").value(server.isBelieved());
      json.name("reason").value(server.reason());
      json.name("matched").value(server.matched() == null ? null : server.matched().toString());
      json.name("mismatch").value(server.isMismatch());
      json.name("certificates").beginArray();
      for (ChainCertificate certificate : server.certificates()) {
        write(certificate, json);
      }
      json.endArray().endObject();
    }
    json.endArray();
    json.name("setting").value(PinSetting.of(servers).orElse(null));
    json.endObject().flush();
    out.println();
    out.flush();
  }

  private static void write(ChainCertificate certificate, JsonWriter json) throws IOException {
    json.beginObject();
    json.name("role").value(certificate.role().name().toLowerCase(Locale.ROOT));
    json.name("pin").value(certificate.pin().toString());
    json.name("subject").value(certificate.subject());
    json.name("issuer").value(certificate.issuer());
    json.name("notBefore").value(certificate.begins().toString());
    json.name("notAfter").value(certificate.ends().toString());
    json.endObject();
  }
}
