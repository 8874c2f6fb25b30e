package io.github.dotagent.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void indentedAndWithoutEscapesForHtml() throws IOException {
    StringWriter text = new StringWriter();
    JsonWriter json = Json.to(new PrintWriter(text));
    json.beginObject().name("pin").value("a=<b>\n").name("none").nullValue();
    json.name("list").beginArray().value(1).value(true).endArray().endObject().flush();
    assertEquals(
        """
        {
          "pin": "a=<b>\\n",
          "none": null,
          "list": [
            1,
            true
          ]
        }""",
        text.toString());
  }
}
