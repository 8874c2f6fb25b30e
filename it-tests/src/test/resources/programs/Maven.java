import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Looks for a parent in a mirror. */
public final class Maven {
  public static void reach(int port) throws Exception {
    Path project = Main.folder();
    Path pom = project.resolve("pom.xml");
    Files.write(
        pom,
        Arrays.asList(
            "<project>",
            "  <modelVersion>4.0.0</modelVersion>",
            "  <parent>",
            "    <groupId>test.example</groupId>",
            "    <artifactId>parent</artifactId>",
            "    <version>1</version>",
            "  </parent>",
            "  <artifactId>child</artifactId>",
            "</project>"));
    Path settings = project.resolve("settings.xml");
    Files.write(
        settings,
        Arrays.asList(
            "<settings>",
            "  <mirrors>",
            "    <mirror>",
            "      <id>here</id>",
            "      <mirrorOf>*</mirrorOf>",
            "      <url>https://maven.here.example.test:" + port + "/</url>",
            "    </mirror>",
            "  </mirrors>",
            "</settings>"));
    Path home = Main.home();
    System.setProperty("maven.home", home.toString());
    System.setProperty("classworlds.conf", home.resolve("bin/m2.conf").toString());
    System.setProperty("maven.multiModuleProjectDirectory", project.toString());
    System.setProperty("maven.repo.local", project.resolve("repository").toString());
    Path log = project.resolve("log.txt");
    URL boot = home.resolve("boot/plexus-classworlds-2.9.0.jar").toUri().toURL();
    ClassLoader launching = new URLClassLoader(new URL[] {boot});
    Thread.currentThread().setContextClassLoader(launching);
    launching
        .loadClass("org.codehaus.plexus.classworlds.launcher.Launcher")
        .getMethod("mainWithExitCode", String[].class)
        .invoke(
            null,
            (Object)
                new String[] {
                  "-B",
                  "-f",
                  pom.toString(),
                  "-s",
                  settings.toString(),
                  "-l",
                  log.toString(),
                  "validate"
                });
  }
}
