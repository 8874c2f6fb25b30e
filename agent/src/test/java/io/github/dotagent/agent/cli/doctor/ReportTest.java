package io.github.dotagent.agent.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ReportTest {
  private final StringWriter written = new StringWriter();

  private String of(Function<PrintWriter, Report> kind) {
    Report report = kind.apply(new PrintWriter(written));
    report.section("192.0.2.1@853");
    report.checking("connect");
    report.found(Finding.ok("1.0 ms"));
    report.checking("name");
    report.found(Finding.fail("name mismatch", "do this", "or that"));
    report.section("this machine");
    report.checking("hosts file");
    report.found(
        Finding.note("/etc/hosts is not there", "it matters only if the file should exist"));
    report.end("1 of 3 checks failed.");
    return written.toString();
  }

  @Test
  void forPeople() {
    assertEquals(
        """
        192.0.2.1@853
          connect       ok    1.0 ms
          name          FAIL  name mismatch
                        -> do this
                        -> or that

        this machine
          hosts file    note  /etc/hosts is not there
                        -> it matters only if the file should exist

        1 of 3 checks failed.
        """,
        of(TextReport::new));
  }

  @Test
  void theRunningCheckIsShown() {
    Report report = new TextReport(new PrintWriter(written));
    report.section("192.0.2.1@853");
    report.checking("connect");
    assertEquals("192.0.2.1@853\n  connect       ", written.toString());
  }

  @Test
  void forPrograms() {
    assertEquals(
        """
        {
          "sections": [
            {
              "title": "192.0.2.1@853",
              "checks": [
                {
                  "check": "connect",
                  "verdict": "ok",
                  "text": "1.0 ms",
                  "remedies": []
                },
                {
                  "check": "name",
                  "verdict": "fail",
                  "text": "name mismatch",
                  "remedies": [
                    "do this",
                    "or that"
                  ]
                }
              ]
            },
            {
              "title": "this machine",
              "checks": [
                {
                  "check": "hosts file",
                  "verdict": "note",
                  "text": "/etc/hosts is not there",
                  "remedies": [
                    "it matters only if the file should exist"
                  ]
                }
              ]
            }
          ],
          "summary": "1 of 3 checks failed."
        }
        """
            .stripTrailing(),
        of(JsonReport::new).stripTrailing());
  }
}
