package io.github.dotagent.config;

import io.github.dotagent.net.AddressText;
import io.github.dotagent.upstream.UpstreamSpec;
import java.net.InetAddress;
import java.util.Optional;

/** Reads the NAME of {@code NAME=PIN} and {@code NAME=FILE}: of a server, or its address. */
final class ServerNameText {
  private ServerNameText() {}

  /**
   * As {@link UpstreamSpec#identity} has it.
   *
   * @param equals where the name ends in the entry
   */
  static String read(Setting setting, String entry, int equals) throws ConfigException {
    String spelled = entry.substring(0, equals).trim();
    Optional<InetAddress> address = UpstreamText.address(spelled);
    if (address.isPresent()) {
      return AddressText.of(address.get());
    }
    String name = DomainNameText.plain(spelled);
    if (!DomainNameText.isHostName(name)) {
      String nearest = UpstreamText.nearestIdentity(spelled);
      throw setting.misspelled(
          Setting.quoted(entry) + " does not begin with the name or the address of a server",
          nearest == null ? null : nearest + entry.substring(equals));
    }
    return name;
  }

  /**
   * Refuses a name that no server has: it is misspelled, and what it was to protect is not.
   *
   * @param servers of the settings
   */
  static void checkIsOneOf(Setting setting, String name, Iterable<UpstreamSpec> servers)
      throws ConfigException {
    StringBuilder names = new StringBuilder();
    for (UpstreamSpec server : servers) {
      if (server.identity().equals(name)) {
        return;
      }
      if (names.indexOf(server.identity()) < 0) {
        names.append(names.length() == 0 ? "" : ", ").append(server.identity());
      }
    }
    throw setting.wrongBeside(
        "is for "
            + Setting.quoted(name)
            + ", but no server has that name; the names of the servers are "
            + Setting.cut(names.toString(), 200),
        SettingKey.UPSTREAMS,
        SettingKey.ZONES);
  }
}
