import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** WildFly with its usual subsystems: writes its log to a server. */
public final class WildFly {
  public static void reach(int port) throws Exception {
    System.setOut(System.err);
    Path home = Main.home();
    Path base = Main.folder();
    Path configuration = Files.createDirectory(base.resolve("configuration"));
    Path usual = home.resolve("standalone/configuration");
    try (DirectoryStream<Path> settings = Files.newDirectoryStream(usual, "*.properties")) {
      for (Path file : settings) {
        Files.copy(file, configuration.resolve(file.getFileName()));
      }
    }
    String text =
        new String(Files.readAllBytes(usual.resolve("standalone.xml")), StandardCharsets.UTF_8)
            .replace(
                "<console-handler ",
                "<socket-handler name=\"THERE\" outbound-socket-binding-ref=\"there\">"
                    + "<named-formatter name=\"PATTERN\"/></socket-handler><console-handler ")
            .replace(
                "<handler name=\"CONSOLE\"/>",
                "<handler name=\"CONSOLE\"/><handler name=\"THERE\"/>")
            .replace(
                "<outbound-socket-binding ",
                "<outbound-socket-binding name=\"there\"><remote-destination"
                    + " host=\"wildfly.here.example.test\" port=\""
                    + port
                    + "\"/></outbound-socket-binding><outbound-socket-binding ");
    Files.write(configuration.resolve("standalone.xml"), text.getBytes(StandardCharsets.UTF_8));
    System.setProperty("jboss.home.dir", home.toString());
    System.setProperty("jboss.server.base.dir", base.toString());
    URL jar = home.resolve("jboss-modules.jar").toUri().toURL();
    new URLClassLoader(new URL[] {jar})
        .loadClass("org.jboss.modules.Main")
        .getMethod("main", String[].class)
        .invoke(
            null,
            (Object)
                new String[] {
                  "-mp", home.resolve("modules").toString(), "org.jboss.as.standalone"
                });
  }
}
