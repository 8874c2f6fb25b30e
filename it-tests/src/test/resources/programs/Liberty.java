import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;

/** Open Liberty: includes settings from a server. */
public final class Liberty {
  public static void reach(int port) throws Exception {
    System.setOut(System.err);
    Path server = Paths.get(System.getenv("WLP_USER_DIR"), "servers", "here");
    Files.createDirectories(server);
    Files.write(
        server.resolve("server.xml"),
        Arrays.asList(
            "<server>",
            "  <include optional=\"true\"",
            "    location=\"http://liberty.here.example.test:" + port + "/more.xml\"/>",
            "</server>"));
    URL jar = Main.home().resolve("bin/tools/ws-server.jar").toUri().toURL();
    new URLClassLoader(new URL[] {jar})
        .loadClass("com.ibm.ws.kernel.boot.cmdline.EnvCheck")
        .getMethod("main", String[].class)
        .invoke(null, (Object) new String[] {"here"});
  }
}
