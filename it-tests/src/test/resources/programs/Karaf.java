import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Apache Karaf: reads a repository of features from a server. */
public final class Karaf {
  public static void reach(int port) throws Exception {
    System.setOut(System.err);
    Path home = Main.home();
    Path base = Main.folder();
    Path etc = Files.createDirectory(base.resolve("etc"));
    try (DirectoryStream<Path> settings = Files.newDirectoryStream(home.resolve("etc"))) {
      for (Path file : settings) {
        Files.copy(file, etc.resolve(file.getFileName()));
      }
    }
    Files.write(
        etc.resolve("org.apache.karaf.features.cfg"),
        Collections.singletonList(
            "featuresRepositories = http://karaf.here.example.test:" + port + "/features.xml"));
    System.setProperty("karaf.home", home.toString());
    System.setProperty("karaf.base", base.toString());
    System.setProperty("karaf.etc", etc.toString());
    System.setProperty("karaf.data", base.resolve("data").toString());
    System.setProperty("karaf.startLocalConsole", "false");
    System.setProperty("karaf.startRemoteShell", "false");
    List<URL> jars = new ArrayList<>();
    try (DirectoryStream<Path> boot = Files.newDirectoryStream(home.resolve("lib/boot"), "*.jar")) {
      for (Path jar : boot) {
        jars.add(jar.toUri().toURL());
      }
    }
    new URLClassLoader(jars.toArray(new URL[0]))
        .loadClass("org.apache.karaf.main.Main")
        .getMethod("main", String[].class)
        .invoke(null, (Object) new String[0]);
  }
}
