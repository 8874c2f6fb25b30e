package io.github.dotagent.agent.cli;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import java.io.PrintWriter;

/** The form of {@code --json}: one document, indented, nothing else on stdout. */
public final class Json {
  private Json() {}

  /** Writes to the command's output; to be flushed, not closed. */
  public static JsonWriter to(PrintWriter out) {
    JsonWriter json = new JsonWriter(out);
    json.setFormattingStyle(FormattingStyle.PRETTY);
    json.setHtmlSafe(false);
    return json;
  }
}
