package io.github.dotagent.it.harness.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A network of its own for one command, Linux only: loopback and nothing else, port 53 free to
 * bind, and a resolv.conf, nsswitch.conf and hosts file of its own. No rights are needed where the
 * kernel allows user namespaces. Ends with the command. Immutable: each method gives a changed
 * copy.
 *
 * @param folder where the files that are shown inside are written
 * @param addresses literals that loopback has besides 127.0.0.0/8 and ::1, each a single host's
 */
public record NetworkNamespace(
    Path folder, List<String> addresses, String resolvConf, Optional<String> hosts) {

  /** One try at most: a leak is to be seen, not to be waited for. */
  private static final String LOCAL_SERVER = "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n";

  /** Without other sources, such as systemd-resolved, whose socket leads out of the namespace. */
  private static final String FILES_AND_DNS = "hosts: files dns\n";

  /** The addresses are $1, the folder $2, the command the rest. */
  private static final String SCRIPT =
      """
      set -e
      PATH="$PATH:/usr/sbin:/sbin"
      ip link set lo up
      for address in $1; do ip address add "$address" dev lo; done
      for file in resolv.conf nsswitch.conf hosts; do
        if [ -e "$2/$file" ] && [ -e "/etc/$file" ]; then mount --bind "$2/$file" "/etc/$file"; fi
      done
      shift 2
      exec "$@"
      """;

  public NetworkNamespace {
    addresses = List.copyOf(addresses);
  }

  /** The only name server is 127.0.0.1; the hosts file is the machine's. */
  public static NetworkNamespace in(Path folder) {
    return new NetworkNamespace(folder, List.of(), LOCAL_SERVER, Optional.empty());
  }

  /** Why none can be had on this machine; empty when all is well. Tried once, then remembered. */
  public static Optional<String> whyUnavailable() {
    return NamespaceCheck.RESULT;
  }

  /** Gives loopback these as well, such as {@code 1.1.1.1} or {@code 2606:4700:4700::1111}. */
  public NetworkNamespace addresses(String... literals) {
    return new NetworkNamespace(folder, List.of(literals), resolvConf, hosts);
  }

  public NetworkNamespace resolvConf(String text) {
    return new NetworkNamespace(folder, addresses, text, hosts);
  }

  public NetworkNamespace hosts(String text) {
    return new NetworkNamespace(folder, addresses, resolvConf, Optional.of(text));
  }

  /** The command that runs a command inside, in the same process. Writes the files. */
  public List<String> wrap(List<String> command) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("resolv.conf"), resolvConf);
      Files.writeString(folder.resolve("nsswitch.conf"), FILES_AND_DNS);
      if (hosts.isPresent()) {
        Files.writeString(folder.resolve("hosts"), hosts.get());
      }
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    }
    String withPrefixes =
        addresses.stream()
            .map(address -> address + (address.indexOf(':') < 0 ? "/32" : "/128"))
            .collect(Collectors.joining(" "));
    List<String> wrapped = new ArrayList<>();
    Stream.of("unshare", "--map-root-user", "--net", "--mount", "sh", "-c", SCRIPT)
        .forEach(wrapped::add);
    wrapped.add("namespace"); // the script's $0
    wrapped.add(withPrefixes);
    wrapped.add(folder.toAbsolutePath().toString());
    wrapped.addAll(command);
    return wrapped;
  }
}
