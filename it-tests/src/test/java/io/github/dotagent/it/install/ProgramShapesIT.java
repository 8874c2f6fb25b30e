package io.github.dotagent.it.install;

import static io.github.dotagent.it.install.Watched.AGENT;
import static io.github.dotagent.it.install.Watched.OVER_TLS;

import io.github.dotagent.it.harness.EachJava;
import io.github.dotagent.it.harness.jvm.ChildJvm;
import io.github.dotagent.it.harness.jvm.JavaHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Programs whose classes come from elsewhere than a class path. */
class ProgramShapesIT {
  private static final String NAME = "one.many.example.test";

  private static final String LOOKUP =
      "System.out.println(java.net.InetAddress.getByName(\"" + NAME + "\").getHostAddress());";

  @TempDir Path folder;

  @EachJava(from = 11, one = true)
  void aModule(JavaHome java) {
    Path classes = ModularProgram.compile(folder, "");
    Watched.run(folder, ModularProgram.command(java, classes).args(NAME))
        .resolved(List.of(OVER_TLS), NAME)
        .quiet();
  }

  /** With the modules that an agent and TLS need, and no others. */
  @EachJava(from = 11, one = true)
  void aJlinkImage(JavaHome java) {
    Path classes = ModularProgram.compile(folder, "");
    Path image = JlinkImage.of(java, classes, folder, ModularProgram.MODULE, "java.instrument");
    ChildJvm program =
        ChildJvm.of(new JavaHome(image, java.major()), "program/program.Main")
            .jvmArgs(AGENT, "-m")
            .args(NAME);
    Watched.run(folder, program).resolved(List.of(OVER_TLS), NAME).quiet();
  }

  @EachJava(one = true)
  void anOsgiBundle(JavaHome java) {
    Path bundle =
        new JarFileOf()
            .manifest("Bundle-ManifestVersion", "2")
            .manifest("Bundle-SymbolicName", "program")
            .manifest("Bundle-Activator", "program.Activator")
            .manifest("Import-Package", "org.osgi.framework")
            .folder(
                "",
                Sources.in(folder.resolve("bundle"))
                    .with(ThirdParty.FELIX)
                    .file(
                        "program/Activator.java",
                        "package program; public class Activator implements"
                            + " org.osgi.framework.BundleActivator {"
                            + " public void start(org.osgi.framework.BundleContext context)"
                            + " throws Exception { "
                            + LOOKUP
                            + " }"
                            + " public void stop(org.osgi.framework.BundleContext context) {} }")
                    .compile())
            .write(folder.resolve("bundle.jar"));
    Path launcher =
        Sources.in(folder.resolve("launcher"))
            .with(ThirdParty.FELIX)
            .file(
                "launcher/Main.java",
                "package launcher; public class Main {"
                    + " public static void main(String[] args) throws Exception {"
                    + " java.util.Map<String, String> settings = new java.util.HashMap<>();"
                    + " settings.put(\"org.osgi.framework.storage\", args[1]);"
                    + " org.osgi.framework.launch.Framework osgi ="
                    + " new org.apache.felix.framework.FrameworkFactory().newFramework(settings);"
                    + " osgi.start();"
                    + " osgi.getBundleContext().installBundle(\"file:\" + args[0]).start();"
                    + " osgi.stop(); osgi.waitForStop(10000); } }")
            .compile();
    ChildJvm program =
        ChildJvm.of(java, "launcher.Main")
            .classPath(launcher, ThirdParty.FELIX)
            .jvmArgs(AGENT)
            .args(bundle.toString(), folder.resolve("storage").toString());
    Watched.run(folder, program).resolved(List.of(OVER_TLS), NAME);
  }

  @EachJava(one = true)
  void aJbossModule(JavaHome java) throws IOException {
    Path module = Files.createDirectories(folder.resolve("modules/program/main"));
    Files.writeString(
        module.resolve("module.xml"),
        """
        <module xmlns="urn:jboss:module:1.9" name="program">
          <main-class name="program.Main"/>
          <resources><resource-root path="program.jar"/></resources>
        </module>
        """);
    new JarFileOf()
        .folder(
            "",
            Sources.in(folder.resolve("program"))
                .file(
                    "program/Main.java",
                    "package program; public class Main {"
                        + " public static void main(String[] args) throws Exception { "
                        + LOOKUP
                        + " } }")
                .compile())
        .write(module.resolve("program.jar"));
    ChildJvm program =
        ChildJvm.of(java, ThirdParty.jbossModules(java.major()).toString())
            .jvmArgs(AGENT, "-jar")
            .args("-mp", folder.resolve("modules").toString(), "program");
    Watched.run(folder, program).resolved(List.of(OVER_TLS), NAME);
  }
}
