package io.github.dotagent.agent.cli.doctor;

import com.google.gson.stream.JsonWriter;
import io.github.dotagent.agent.cli.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Locale;

/** The report for programs: one JSON document. It is complete when the last check has ended. */
final class JsonReport implements Report {
  /** A PrintWriter does not throw if a write fails, although its type declares it. */
  private interface Part {
    void write() throws IOException;
  }

  private final PrintWriter out;
  private final JsonWriter json;
  private boolean inSection;
  private String check;

  JsonReport(PrintWriter out) {
    this.out = out;
    this.json = Json.to(out);
    write(() -> json.beginObject().name("sections").beginArray());
  }

  @Override
  public void section(String title) {
    endSection();
    write(() -> json.beginObject().name("title").value(title).name("checks").beginArray());
    inSection = true;
  }

  @Override
  public void checking(String begun) {
    check = begun;
  }

  @Override
  public void found(Finding finding) {
    write(
        () -> {
          json.beginObject().name("check").value(check);
          json.name("verdict").value(finding.verdict().name().toLowerCase(Locale.ROOT));
          json.name("text").value(finding.text());
          json.name("remedies").beginArray();
          for (String remedy : finding.remedies()) {
            json.value(remedy);
          }
          json.endArray().endObject();
        });
  }

  @Override
  public void end(String summary) {
    endSection();
    write(
        () -> {
          json.endArray().name("summary").value(summary).endObject();
          json.flush();
        });
    out.println();
    out.flush();
  }

  private void endSection() {
    if (inSection) {
      write(() -> json.endArray().endObject());
      inSection = false;
    }
  }

  private static void write(Part part) {
    try {
      part.write();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
