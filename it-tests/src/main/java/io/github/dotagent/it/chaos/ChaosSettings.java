package io.github.dotagent.it.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The settings file and the trust store of the program. For one thread. */
final class ChaosSettings {
  private final Path file;
  private final Path trust;
  private final List<Site> sites;
  private final String root;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private Map<Site, List<String>> otherPins = Map.of(); // than those they present
  private boolean pinned;

  /**
   * @param root the authority of the servers, PEM
   */
  ChaosSettings(Path folder, List<Site> sites, String root) {
    this.file = folder.resolve("agent.properties");
    this.trust = folder.resolve("ca.pem");
    this.sites = List.copyOf(sites);
    this.root = root;
    trust(root);
    set("trustStore", trust);
    use(sites);
  }

  Path file() {
    return file;
  }

  boolean pinned() {
    return pinned;
  }

  /**
   * @param value null: the default
   */
  ChaosSettings set(String key, Object value) {
    if (value == null) {
      settings.remove(key);
    } else {
      settings.put(key, value.toString());
    }
    return this;
  }

  void use(List<Site> some) {
    set("upstreams", some.stream().map(Site::upstream).collect(Collectors.joining(",")));
  }

  void useAll() {
    use(sites);
  }

  void pin(boolean whether) {
    pinned = whether;
    pinAsPresented();
  }

  void pinAsPresented() {
    otherPins = Map.of();
  }

  void alsoPin(Site site, String pin) {
    otherPins = Map.of(site, List.of(site.pin(), pin));
  }

  void pinOnly(Site site, String pin) {
    otherPins = Map.of(site, List.of(pin));
  }

  /** Null: none. A pin for a server that is not asked would be a mistake, and refused. */
  private String pins() {
    String servers = settings.get("upstreams") + settings.getOrDefault("zones", "");
    Set<String> pins = new LinkedHashSet<>();
    for (Site site : sites) {
      for (String pin : otherPins.getOrDefault(site, List.of(site.pin()))) {
        if (servers.contains(site.upstream())) {
          pins.add(site.name + "=" + pin);
        }
      }
    }
    return pinned ? String.join(",", pins) : null;
  }

  /** The authority of the servers, with others beside it. */
  void trustAlso(String... others) {
    List<String> all = new ArrayList<>(List.of(others));
    all.add(root);
    trust(String.join("", all));
  }

  /** Any content. */
  void trust(String text) {
    replace(trust, text);
  }

  void trustAsAtFirst() {
    trust(root);
  }

  void write() {
    set("pins", pins());
    StringBuilder text = new StringBuilder();
    settings.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    write(text.toString());
  }

  /** Any content. The agent started with servers of this machine, and keeps them. */
  void write(String text) {
    replace(file, text);
  }

  void remove() {
    try {
      Files.delete(file);
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  /** As careful programs do it: no reader ever sees a part. */
  private static void replace(Path file, String text) {
    try {
      Path whole = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}
