package io.github.dotagent.resolver.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The source of the search list: names that are tried behind a short one. Immutable. */
public final class SearchPolicy {
  /** Each name as it is. */
  public static final SearchPolicy OFF =
      new SearchPolicy(null, Collections.<String>emptyList(), null, null);

  private final Path resolvConf;
  private final List<String> suffixes;
  private final String localDomain;
  private final String resOptions;

  private SearchPolicy(
      Path resolvConf, List<String> suffixes, String localDomain, String resOptions) {
    this.resolvConf = resolvConf;
    this.suffixes = suffixes;
    this.localDomain = localDomain;
    this.resOptions = resOptions;
  }

  /**
   * The system's search list.
   *
   * @param resolvConf the file to follow; it need not be there
   * @param localDomain the environment's {@code LOCALDOMAIN}, which replaces the file's list; null
   *     for none
   * @param resOptions the environment's {@code RES_OPTIONS}, stronger than the file's; null for
   *     none
   */
  public static SearchPolicy ofSystem(Path resolvConf, String localDomain, String resOptions) {
    return new SearchPolicy(resolvConf, null, localDomain, resOptions);
  }

  /** These suffixes, in lower case without dots at either end; {@code ndots} is the system's. */
  public SearchPolicy with(List<String> ownSuffixes) {
    return new SearchPolicy(
        resolvConf,
        Collections.unmodifiableList(new ArrayList<>(ownSuffixes)),
        localDomain,
        resOptions);
  }

  /** Whether another one gives the same names to try. */
  public boolean isSame(SearchPolicy other) {
    return Objects.equals(resolvConf, other.resolvConf)
        && Objects.equals(suffixes, other.suffixes)
        && Objects.equals(localDomain, other.localDomain)
        && Objects.equals(resOptions, other.resOptions);
  }

  /** Empty: there is no such file to follow. */
  public Optional<Path> resolvConf() {
    return Optional.ofNullable(resolvConf);
  }

  /** The user's own; empty: the system's. */
  public Optional<List<String>> suffixes() {
    return Optional.ofNullable(suffixes);
  }

  /** {@code LOCALDOMAIN} of the environment; null for none. */
  public String localDomain() {
    return localDomain;
  }

  /** {@code RES_OPTIONS} of the environment; null for none. */
  public String resOptions() {
    return resOptions;
  }
}
