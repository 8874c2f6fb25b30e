package io.github.dotagent.it.install;

import io.github.dotagent.it.harness.jvm.ProgramClasses;
import java.nio.file.Path;

/** A program as Spring Boot packs it: its libraries are jars within its jar. */
final class SpringBootJar {
  private SpringBootJar() {}

  /** The last line that runs on Java 8. */
  static Path version2(Path folder, String program, Path... libraries) {
    return of("2", "org.springframework.boot.loader.JarLauncher", folder, program, libraries);
  }

  /** For Java 17 and later. */
  static Path version3(Path folder, String program, Path... libraries) {
    return of(
        "3", "org.springframework.boot.loader.launch.JarLauncher", folder, program, libraries);
  }

  private static Path of(
      String line, String launcher, Path folder, String program, Path... libraries) {
    JarFileOf jar =
        new JarFileOf()
            .manifest("Main-Class", launcher)
            .manifest("Start-Class", "io.github.dotagent.it.programs." + program)
            .manifest("Spring-Boot-Classes", "BOOT-INF/classes/")
            .manifest("Spring-Boot-Lib", "BOOT-INF/lib/")
            .classesOf(ThirdParty.jar("spring-boot-loader-" + line))
            .folder("BOOT-INF/classes/", ProgramClasses.java8());
    for (Path library : libraries) {
      jar.file("BOOT-INF/lib/" + library.getFileName(), library);
    }
    return jar.write(folder.resolve("spring-boot-" + line + ".jar"));
  }
}
