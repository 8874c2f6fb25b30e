import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.servlet.ServletContextEvent;
import javax.servlet.ServletContextListener;
import org.apache.tomee.embedded.Configuration;
import org.apache.tomee.embedded.Container;

/** TomEE: a web application looks for a server when it starts. */
public final class TomEe {
  private static volatile int server;

  public static void reach(int port) throws Exception {
    System.setOut(System.err);
    server = port;
    Path application = Main.folder().resolve("application");
    Path settings = Files.createDirectories(application.resolve("WEB-INF")).resolve("web.xml");
    Files.write(
        settings,
        ("<web-app version=\"4.0\"><listener><listener-class>"
                + Starting.class.getName()
                + "</listener-class></listener></web-app>")
            .getBytes(StandardCharsets.UTF_8));
    Configuration container = new Configuration().randomHttpPort();
    container.setDir(Main.folder().toString());
    new Container(container).deploy("application", application.toFile());
  }

  public static final class Starting implements ServletContextListener {
    @Override
    public void contextInitialized(ServletContextEvent event) {
      try {
        new URL("http://tomee.here.example.test:" + server + "/").openStream();
      } catch (java.io.IOException ended) {
        throw new IllegalStateException(ended);
      }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {}
  }
}
