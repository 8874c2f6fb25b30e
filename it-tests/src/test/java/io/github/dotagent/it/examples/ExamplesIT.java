package io.github.dotagent.it.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples that are not for Kubernetes. */
class ExamplesIT {
  private static final Path EXPORTER = Path.of("..", "docs", "jmx-exporter.yml");

  @TempDir Path folder;

  /** A file that no test names would go unchecked. */
  @Test
  void eachFileIsChecked() throws IOException {
    assertEquals(
        new TreeSet<>(
            List.of(
                "README.md",
                "docker/Dockerfile",
                "docker/compose.yaml",
                "docker/init.Dockerfile",
                "grafana/dot-agent.json",
                "kubernetes/image-volume.yaml",
                "kubernetes/init-container.yaml",
                "kubernetes/mutating-policy.yaml",
                "kubernetes/network-policy.yaml",
                "spring-boot/Dockerfile",
                "systemd/dot-agent.conf",
                "systemd/no-cleartext.conf",
                "systemd/shop.service",
                "tomcat/setenv.sh")),
        new TreeSet<>(Examples.all()));
  }

  @Test
  void systemdTakesTheUnitWithItsDropIns() throws Exception {
    assumeTrue(Examples.isInstalled("systemd-analyze"), "systemd-analyze is not installed");
    Path unit = folder.resolve("shop.service");
    Files.copy(Examples.file("systemd/shop.service"), unit);
    Path dropIns = Files.createDirectory(folder.resolve("shop.service.d"));
    for (String name : new String[] {"dot-agent.conf", "no-cleartext.conf"}) {
      Files.copy(Examples.file("systemd/" + name), dropIns.resolve(name));
    }
    // the program of the example is not on this machine, and need not be
    Files.writeString(unit, Files.readString(unit).replace("/usr/bin/java", "/bin/true"));
    String said = Examples.run(folder, "systemd-analyze", "verify", "--man=no", unit.toString());
    assertTrue(!said.contains("Unknown") && !said.contains("Failed to parse"), said);
  }

  @Test
  void tomcatKeepsTheOptionsThatItHad() throws Exception {
    String script = Examples.file("tomcat/setenv.sh").toAbsolutePath().toString();
    String agent = "-javaagent:/opt/dot-agent/dot-agent.jar=/etc/dot-agent.properties";
    String print = ". \"$1\"; printf %s \"$CATALINA_OPTS\"";
    assertEquals(
        agent, Examples.run(folder, "sh", "-euc", "unset CATALINA_OPTS; " + print, "sh", script));
    assertEquals(
        agent + " -Xmx1g",
        Examples.run(folder, "sh", "-euc", "CATALINA_OPTS=-Xmx1g; " + print, "sh", script));
  }

  /** Its image is the one of the manifest, and has what the manifest copies. */
  @Test
  void theInitContainersImageHasTheJar() throws IOException {
    String manifest = Examples.text("kubernetes/init-container.yaml");
    String dockerfile = Examples.text("docker/init.Dockerfile");
    Matcher image = Pattern.compile("-t (\\S+) \\.").matcher(dockerfile);
    assertTrue(image.find(), dockerfile);
    assertTrue(manifest.contains("image: " + image.group(1) + "\n"), image.group(1));
    assertTrue(manifest.contains("command: [\"cp\", \"/dot-agent.jar\", "));
    Matcher release =
        Pattern.compile("COPY --from=(\\S+) /dot-agent.jar .* /\n").matcher(dockerfile);
    assertTrue(release.find(), dockerfile);
    assertTrue(
        Examples.text("kubernetes/image-volume.yaml").contains("reference: " + release.group(1)));
  }

  /** The agent before every other option, in each way to give it to a container. */
  @Test
  void containersGetTheAgent() throws IOException {
    String option = "-javaagent:/opt/dot-agent/dot-agent.jar";
    assertTrue(
        Examples.text("docker/Dockerfile").contains("ENV JAVA_TOOL_OPTIONS=\"" + option + "\""));
    assertTrue(
        Examples.text("docker/compose.yaml").contains("JAVA_TOOL_OPTIONS: \"" + option + "\""));
    assertTrue(
        Examples.text("spring-boot/Dockerfile")
            .contains("[\"java\", \"" + option + "\", \"-jar\""));
  }

  /** A query on a series that does not exist shows an empty panel for ever. */
  @Test
  void eachPanelReadsSeriesThatTheExporterMakes() throws IOException {
    String exporter = Files.readString(EXPORTER);
    Pattern series = Pattern.compile("dotagent_[a-z_]+");
    for (JsonElement panel : panels()) {
      for (JsonElement target : panel.getAsJsonObject().getAsJsonArray("targets")) {
        Matcher names = series.matcher(expression(target));
        assertTrue(names.find(), target.toString());
        do {
          assertTrue(exporter.contains("name: " + names.group() + "\n"), names.group());
        } while (names.find());
      }
    }
  }

  /**
   * As recording rules, which Prometheus parses; Grafana's variables stand for what it fills in.
   */
  @Test
  void prometheusParsesEachPanelsQuery() throws Exception {
    assumeTrue(Examples.isInstalled("promtool"), "promtool is not installed (package prometheus)");
    StringBuilder rules = new StringBuilder("groups:\n  - name: panels\n    rules:\n");
    int count = 0;
    for (JsonElement panel : panels()) {
      for (JsonElement target : panel.getAsJsonObject().getAsJsonArray("targets")) {
        rules.append("      - record: panel").append(count++).append("\n        expr: '");
        rules.append(expression(target).replace("$__rate_interval", "5m")).append("'\n");
      }
    }
    assertTrue(count >= 10, "queries: " + count);
    Path file = Files.writeString(folder.resolve("panels.yml"), rules);
    Examples.run(folder, "promtool", "check", "rules", file.toString());
  }

  private static JsonArray panels() throws IOException {
    return new Gson()
        .fromJson(Examples.text("grafana/dot-agent.json"), JsonObject.class)
        .getAsJsonArray("panels");
  }

  private static String expression(JsonElement target) {
    return target.getAsJsonObject().get("expr").getAsString();
  }
}
