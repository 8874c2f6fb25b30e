package io.github.dotagent.agent.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a JVM looks up before an agent is there. */
class EarlyLookupsCheckTest {
  private static final String AGENT = "java -javaagent:/opt/dot-agent.jar ";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -Djava.security.policy=http://p.example/x Main            | FAIL looks p.example up
          -Djava.security.policy==https://p.example/x Main          | FAIL looks p.example up
          -Djava.security.policy=http://192.0.2.1/x Main            | OK nothing
          -Djava.security.policy=/etc/x.policy Main                 | OK nothing
          -Djava.system.class.loader=a.Loader Main                  | NOTE a.Loader
          -agentlib:jdwp=transport=dt_socket,address=ide.example:5005 Main | FAIL looks ide.example up
          -Xrunjdwp:transport=dt_socket,address=ide.example:5005 Main | FAIL looks ide.example up
          -agentlib:jdwp=transport=dt_socket,server=y,address=*:5005 Main | OK nothing
          -agentlib:jdwp=transport=dt_socket,server=y,address=5005 Main | OK nothing
          -agentlib:jdwp=address=[2001:db8::1]:5005 Main            | OK nothing
          -agentlib:jdwp=address=localhost:5005 Main                | OK nothing
          -javaagent:/opt/apm.jar Main                              | OK nothing
          -Xmx1g -cp -Djava.security.policy=http://p.example/ Main  | OK nothing
          --enable-native-access a.module -Djava.security.policy=http://p.example/ Main | FAIL looks p.example up
          Main -Djava.security.policy=http://p.example/             | OK nothing
          "-Djava.security.policy=http://p.example/a b" Main        | OK nothing
          '-Djava.security.policy=http://p.example/' Main           | FAIL looks p.example up
          """,
      quoteCharacter = '`')
  void eachOptionIsJudged(String options, String expected) {
    List<Finding> findings = EarlyLookupsCheck.of(AGENT + options);
    assertEquals(1, findings.size());
    String found = findings.get(0).verdict() + " " + findings.get(0).text();
    String[] verdictAndText = expected.split(" ", 2);
    assertTrue(found.startsWith(verdictAndText[0] + " "), found);
    assertTrue(found.contains(verdictAndText[1]), found);
  }

  @Test
  void aManifest() throws IOException {
    assertEquals("OK", verdict("lib/a.jar file:/b.jar http://192.0.2.1/c.jar"));
    assertEquals("FAIL", verdict("lib/a.jar http://repo.example/b.jar"));
    assertEquals(
        Finding.Grade.NOTE,
        EarlyLookupsCheck.of(AGENT + "-jar " + folder.resolve("absent.jar")).get(0).verdict());
  }

  private String verdict(String classPath) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
    Path jar = folder.resolve("app.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream written = new JarOutputStream(out, manifest)) {
      written.flush();
    }
    List<Finding> findings = EarlyLookupsCheck.of(AGENT + "-jar " + jar + " -Dx=y");
    assertEquals(1, findings.size());
    return findings.get(0).verdict().name();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aPipeIsNotWaitedFor() throws Exception {
    Path pipe = folder.resolve("pipe.jar");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    List<Finding> found = EarlyLookupsCheck.of(AGENT + "-jar " + pipe);
    assertEquals("-jar " + pipe + " cannot be read here", found.get(0).text());
  }
}
