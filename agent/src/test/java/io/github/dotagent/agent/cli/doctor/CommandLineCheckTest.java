package io.github.dotagent.agent.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandLineCheckTest {
  private static List<String> found(String commandLine) {
    return CommandLineCheck.of(commandLine).stream()
        .map(finding -> finding.verdict() + " " + finding.text())
        .toList();
  }

  @Test
  void asTheFirstAgentItIsOk() {
    assertEquals(
        List.of("OK dot-agent is the first agent"),
        found("java -agentlib:jdwp=x -javaagent:/opt/dot-agent.jar -javaagent:apm.jar -jar a.jar"));
  }

  @Test
  void otherAgentsBeforeItAreAFailure() {
    assertEquals(
        List.of("FAIL before dot-agent comes -javaagent:apm.jar=x, -agentpath:/opt/prof.so"),
        found("java -javaagent:apm.jar=x -agentpath:/opt/prof.so -javaagent:dot-agent.jar Main"));
  }

  @Test
  void aCommandLineWithoutTheAgentIsAFailure() {
    assertEquals(List.of("FAIL no -javaagent names dot-agent"), found("java -jar a.jar"));
  }

  @Test
  void behindTheProgramItIsAnArgument() {
    for (String program : List.of("-jar a.jar", "Main", "-m a/a.Main", "-cp a.jar Main")) {
      assertEquals(
          List.of(
              "FAIL -javaagent:dot-agent.jar stands after the program: the JVM passes it to the program as an"
                  + " argument"),
          found("java " + program + " -javaagent:dot-agent.jar"));
    }
  }

  @Test
  void quotesVariablesAndCommandsThatRunJava() {
    for (String line :
        List.of(
            "java -Dx='a b' \"-javaagent:/opt/my app/dot-agent.jar\" Main",
            "sudo -u app /usr/bin/java -javaagent:dot-agent.jar Main",
            "JAVA_TOOL_OPTIONS='-Dx=1 -javaagent:dot-agent.jar' java Main",
            "java @options.txt --add-opens java.base/java.net=ALL-UNNAMED"
                + " -javaagent:dot-agent.jar Main",
            "-javaagent:dot-agent.jar -jar a.jar")) {
      assertEquals(List.of("OK dot-agent is the first agent"), found(line), line);
    }
  }

  @Test
  void archivesThatDoNotWorkWithAnAgentAreNamed() {
    String agent = "java -javaagent:dot-agent.jar ";
    assertEquals(
        "FAIL -XX:ArchiveClassesAtExit=a.jsa together with an agent: the JVM writes no archive",
        found(agent + "-XX:ArchiveClassesAtExit=a.jsa Main").get(1));
    assertEquals(
        "NOTE -XX:AOTMode=on: the JVM does not start unless the cache was written with an agent"
            + " too",
        found(agent + "-XX:AOTMode=on Main").get(1));
    assertEquals(
        "NOTE -XX:+AutoCreateSharedArchive together with an agent: the JVM reads the archive, and"
            + " cannot write it",
        found(agent + "-XX:+AutoCreateSharedArchive -XX:SharedArchiveFile=a.jsa Main").get(1));
    assertEquals(1, found(agent + "-XX:AOTCacheOutput=a.aot Main").size());
    assertEquals(1, found(agent + "-XX:SharedArchiveFile=a.jsa Main").size());
  }

  @Test
  void aHostsFileOfTheJdk() {
    assertEquals(
        List.of(
            "OK dot-agent is the first agent",
            "NOTE -Djdk.net.hosts.file=/etc/own: the JDK answers lookups from that file alone, and"
                + " none reaches the agent"),
        found("java -javaagent:dot-agent.jar -Djdk.net.hosts.file=/etc/own Main"));
  }
}
