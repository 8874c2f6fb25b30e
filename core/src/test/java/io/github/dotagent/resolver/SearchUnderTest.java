package io.github.dotagent.resolver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.dotagent.resolver.files.SearchPolicy;
import io.github.dotagent.testing.ManualTimers;
import io.github.dotagent.testing.RecordedLog;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/** A resolver with a search list, and the witnesses that saw the names. */
final class SearchUnderTest {
  /** As Kubernetes writes it into a pod. */
  static final String POD =
      "search default.svc.cluster.local svc.cluster.local cluster.local\noptions ndots:5\n";

  final ManualTimers timers = new ManualTimers();
  final Witnesses witnesses = new Witnesses();
  final RecordedLog log = new RecordedLog();
  private final Path folder;

  /**
   * @param folder for the resolv.conf
   */
  SearchUnderTest(Path folder) {
    this.folder = folder;
  }

  PolicyResolver resolver(SearchPolicy search) {
    NamePolicy policy =
        new NamePolicy(List.of("cluster.local", "internal"), true, null, search, false);
    return Resolvers.with(witnesses, policy, timers, log);
  }

  PolicyResolver withFile(String text) throws IOException {
    return resolver(SearchPolicy.ofSystem(write(text, 1), null, null));
  }

  Path write(String text, int second) throws IOException {
    Path file = Files.writeString(folder.resolve("resolv.conf"), text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(second * 1000L));
    return file;
  }

  static void lookUp(PolicyResolver resolver, String host) throws UnknownHostException {
    for (String text : Resolvers.texts(resolver.addresses(host, AddressFamilyPolicy.IPV4_ONLY))) {
      assertEquals(host, text.substring(0, text.indexOf('/')), "as the caller spelled it");
    }
  }

  /** A leading {@code s:} is the system resolver, {@code d:} a server, over TLS. */
  List<String> asked() {
    List<String> places = new ArrayList<>();
    for (String line : witnesses.asked()) {
      places.add(line.charAt(0) + ":" + line.split(" ", -1)[1]);
    }
    return places;
  }
}
