package io.github.dotagent.it.command.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dotagent.it.DotUpstream;
import io.github.dotagent.it.SampleZone;
import io.github.dotagent.it.command.Tool;
import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import io.github.dotagent.it.harness.jvm.RunningChild;
import io.github.dotagent.it.install.Sources;
import io.github.dotagent.it.install.ThirdParty;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** A web server with its own JMX, which serves requests during status. */
class TomcatStatusIT {
  private static final String SERVER =
      """
      package server;

      import java.io.IOException;
      import java.net.InetAddress;
      import javax.servlet.http.HttpServlet;
      import javax.servlet.http.HttpServletRequest;
      import javax.servlet.http.HttpServletResponse;
      import org.apache.catalina.Context;
      import org.apache.catalina.startup.Tomcat;

      public class Main {
        public static void main(String[] args) throws Exception {
          Tomcat tomcat = new Tomcat();
          tomcat.setBaseDir(args[0]);
          tomcat.setPort(0);
          tomcat.getConnector().setProperty("address", "127.0.0.1");
          Context context = tomcat.addContext("", args[0]);
          Tomcat.addServlet(context, "lookup", new Lookup());
          context.addServletMappingDecoded("/*", "lookup");
          tomcat.start();
          System.out.println(tomcat.getConnector().getLocalPort());
          while (System.in.read() >= 0) {}
          tomcat.stop();
          tomcat.destroy();
        }
      }

      class Lookup extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
          response.getWriter().print(
              InetAddress.getByName(request.getPathInfo().substring(1)).getHostAddress());
        }
      }
      """;

  @TempDir Path folder;

  @EachJava(to = 8)
  void tomcatServesRequestsDuringStatusOnJava8(JavaHome java) throws Exception {
    statusOfIt(java);
  }

  @EachJava(from = 27)
  void tomcatServesRequestsDuringStatusOnTheNewestJava(JavaHome java) throws Exception {
    statusOfIt(java);
  }

  private void statusOfIt(JavaHome java) throws Exception {
    Path classes =
        Sources.in(folder.resolve("server"))
            .with(ThirdParty.jar("tomcat"))
            .file("server/Main.java", SERVER)
            .compile();
    Tool tool = new Tool(java);
    try (DotUpstream dot = DotUpstream.start(folder, SampleZone.ZONE);
        RunningChild tomcat =
            dot.agent()
                .uncachedOn(ChildJvm.of(java, "server.Main"))
                .classPath(classes, ThirdParty.jar("tomcat"), ThirdParty.jar("tomcat-annotations"))
                .args(folder.toString())
                .start()) {
      int port = Integer.parseInt(tomcat.readLine());
      for (int i = 0; i < 10; i++) {
        assertEquals("192.0.2.9", get(port, "one.many.example.test"));
      }
      List<String> status = tool.does("status", Long.toString(tomcat.pid()));
      String all = String.join("\n", status);
      assertTrue(status.contains("cache      1 of 100,000 names; from memory 90.0 %"), all);
      assertTrue(
          status.contains("           hits 18, misses 2, stale 0, coalesced 0, prefetches 0"), all);
      assertTrue(
          // the gap is narrower where the round trip took longer
          status.stream().anyMatch(line -> line.matches(dot.upstream() + " +in use .*")), all);
      tool.does("flush", Long.toString(tomcat.pid()));
      dot.server.log().forgetQueries();
      assertEquals("192.0.2.9", get(port, "one.many.example.test"));
      assertEquals(2, dot.questions().size());
      assertEquals(0, tomcat.finish().exitCode());
    }
  }

  private static String get(int port, String name) throws Exception {
    URL page = URI.create("http://127.0.0.1:" + port + "/" + name).toURL();
    try (InputStream in = page.openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
