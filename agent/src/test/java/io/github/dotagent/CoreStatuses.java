package io.github.dotagent;

import io.github.dotagent.cache.CacheStatus;
import io.github.dotagent.config.SettingsStatus;
import io.github.dotagent.metrics.Bypasses;
import io.github.dotagent.metrics.CleartextNames;
import io.github.dotagent.resolver.PolicyResolver;
import io.github.dotagent.resolver.WatchedResolver;
import io.github.dotagent.upstream.UpstreamStatus;
import java.util.List;

/** Lets the agent's tests have the status of a core that was never asked. */
public final class CoreStatuses {
  private CoreStatuses() {}

  public static CoreStatus with(List<UpstreamStatus> upstreams) {
    WatchedResolver unasked = new WatchedResolver((PolicyResolver) null, null, null, null);
    return new CoreStatus(
        unasked,
        CacheStatus.NONE,
        upstreams,
        0,
        List.of(),
        new Bypasses(),
        0,
        new CleartextNames(),
        SettingsStatus.atStart(0));
  }
}
