package io.github.dotagent.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

/**
 * What Jazzer runs: {@link #fuzzerInitialize} once, {@link #fuzzerTestOneInput} for each input. The
 * target is named by the system property {@code fuzz.target}.
 */
public final class FuzzRun {
  private static FuzzTarget target;

  private FuzzRun() {}

  static List<FuzzTarget> targets() {
    return ServiceLoader.load(FuzzTarget.class).stream().map(ServiceLoader.Provider::get).toList();
  }

  private static FuzzTarget named() {
    String name = System.getProperty("fuzz.target", "");
    List<FuzzTarget> all = targets();
    return all.stream()
        .filter(known -> known.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no target '"
                        + name
                        + "'; there are "
                        + all.stream().map(FuzzTarget::name).toList()));
  }

  public static void fuzzerInitialize() {
    target = named();
  }

  public static void fuzzerTestOneInput(byte[] octets) throws Exception {
    Bounds.read(target, octets, 1);
  }

  /**
   * Writes the corpus of the target as Jazzer wants it, a file each; or, with files behind the
   * folder, each of them as a line for the corpus.
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    if (arguments.length == 1) {
      int number = 0;
      for (byte[] entry : Corpus.of(named())) {
        Files.write(folder.resolve("corpus-" + number++), entry);
      }
    }
    for (int i = 1; i < arguments.length; i++) {
      System.out.println(Corpus.line(Files.readAllBytes(Path.of(arguments[i]))));
    }
  }
}
