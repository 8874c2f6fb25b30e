import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Adds to the bill of materials what the jar carries and no dependency says: the Caffeine for Java 11
 * and newer, which lies in a layer of its own beside the one for Java 8. Its entry is that of the
 * other one, with its own version and hashes.
 *
 * <pre>CompleteBom BOM VERSION JAR</pre>
 */
public final class CompleteBom {
  private static final String GROUP = "com.github.ben-manes.caffeine";
  private static final String[] HASHES = {"MD5", "SHA-1", "SHA-256", "SHA-512"};

  private CompleteBom() {}

  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    String version = arguments[1];
    byte[] jar = Files.readAllBytes(Path.of(arguments[2]));

    JsonObject bom = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    JsonArray components = bom.getAsJsonArray("components");
    JsonObject older = caffeine(components);
    JsonObject newer = older.deepCopy();
    String oldVersion = older.get("version").getAsString();
    String reference = older.get("bom-ref").getAsString().replace(oldVersion, version);
    newer.addProperty("version", version);
    newer.addProperty("purl", older.get("purl").getAsString().replace(oldVersion, version));
    newer.addProperty("bom-ref", reference);
    newer.add("hashes", hashes(jar));
    components.add(newer);

    String agent = bom.getAsJsonObject("metadata").getAsJsonObject("component").get("bom-ref").getAsString();
    for (JsonElement dependency : bom.getAsJsonArray("dependencies")) {
      if (dependency.getAsJsonObject().get("ref").getAsString().equals(agent)) {
        dependency.getAsJsonObject().getAsJsonArray("dependsOn").add(reference);
      }
    }
    JsonObject own = new JsonObject();
    own.addProperty("ref", reference);
    own.add("dependsOn", new JsonArray());
    bom.getAsJsonArray("dependencies").add(own);
    Files.writeString(
        file, new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(bom) + "\n");
  }

  private static JsonObject caffeine(JsonArray components) throws IOException {
    for (JsonElement component : components) {
      JsonElement group = component.getAsJsonObject().get("group");
      if (group != null && group.getAsString().equals(GROUP)) {
        return component.getAsJsonObject();
      }
    }
    throw new IOException("no " + GROUP + " in the bill of materials");
  }

  private static JsonArray hashes(byte[] jar) throws Exception {
    JsonArray hashes = new JsonArray();
    for (String algorithm : HASHES) {
      JsonObject hash = new JsonObject();
      hash.addProperty("alg", algorithm);
      hash.addProperty(
          "content", HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(jar)));
      hashes.add(hash);
    }
    return hashes;
  }
}
