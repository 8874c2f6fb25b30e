package io.github.dotagent;

import io.github.dotagent.concurrent.AgentTimers;
import io.github.dotagent.config.FollowedSettings;
import io.github.dotagent.config.SettingSources;
import io.github.dotagent.config.SettingsChange;
import io.github.dotagent.config.SettingsStatus;
import io.github.dotagent.logging.Log;
import io.github.dotagent.resolver.PolicyResolver;
import io.github.dotagent.tls.TlsConnector;
import io.github.dotagent.tls.TlsFailure;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Follows the files of the settings, and puts changed settings in force. Safe for use by any number
 * of threads.
 */
final class SettingsFollower {
  private final Generations generations;
  private final AgentTimers timers;
  private final Log log;
  private final Consumer<PolicyResolver> taken;
  private final long begunMillis;
  private volatile SettingsThread thread; // null until they are followed

  /**
   * @param taken told of the resolver of other settings, at the moment in which they come in force
   */
  SettingsFollower(
      Generations generations, AgentTimers timers, Log log, Consumer<PolicyResolver> taken) {
    this.generations = generations;
    this.timers = timers;
    this.log = log;
    this.taken = taken;
    this.begunMillis = timers.epochMillis();
  }

  /** As {@link DotCore#follow}. */
  void follow(SettingSources sources, long begun, SettingsListener told) {
    SettingsThread made =
        new SettingsThread(
            new FollowedSettings(
                sources,
                generations.current().config(),
                begun,
                new ToGeneration(told),
                timers,
                log),
            timers);
    thread = made;
    made.begin();
  }

  /** As {@link DotCore#reload}. */
  List<String> reload() {
    SettingsThread follows = thread;
    if (follows == null) {
      throw new IllegalStateException("the agent is still starting; try again");
    }
    FollowedSettings.LookReport outcome = follows.lookNow();
    if (!outcome.isWell()) {
      throw new IllegalStateException(String.join("\n", outcome.lines()));
    }
    return outcome.lines();
  }

  SettingsStatus status() {
    SettingsThread follows = thread;
    return follows == null ? SettingsStatus.atStart(begunMillis) : follows.status();
  }

  void end() {
    SettingsThread follows = thread;
    if (follows != null) {
      follows.end();
    }
  }

  /** Makes a generation of other settings, and puts it in force. On the settings' thread. */
  private final class ToGeneration implements FollowedSettings.Taker {
    private final SettingsListener told;

    ToGeneration(SettingsListener told) {
      this.told = told;
    }

    @Override
    public FollowedSettings.Ready prepare(final SettingsChange change, boolean filesMayDiffer)
        throws FollowedSettings.NotTakenException {
      final Generation now = generations.current();
      if (now.cache() == null) {
        throw new FollowedSettings.NotTakenException("the agent could not start", null);
      }
      TlsConnector connector = now.connector();
      final List<String> texts = new ArrayList<>();
      Generation made;
      try {
        if (change.concernsTls() || filesMayDiffer) {
          TlsConnector read = connector.next(change.config().tls());
          if (change.concernsTls() || !read.hasSameFiles(connector)) {
            connector = read;
          }
          if (!change.concernsTls() && connector == read) {
            texts.add("the trust store or a client certificate has changed");
          }
        }
        made =
            change.isEmpty() && texts.isEmpty() && !change.concernsDnssec()
                ? null
                : generations.next(now, change.config(), connector);
      } catch (TlsFailure | UnknownHostException unusable) {
        throw new FollowedSettings.NotTakenException(unusable.getMessage(), unusable);
      }
      final Generation next = made;
      return new FollowedSettings.Ready() {
        @Override
        public List<String> texts() {
          return texts;
        }

        @Override
        public void take() {
          generations.swap(now, next, change, taken);
          told.changed(change);
        }
      };
    }
  }
}
