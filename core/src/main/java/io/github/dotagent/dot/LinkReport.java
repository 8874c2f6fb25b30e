package io.github.dotagent.dot;

import io.github.dotagent.logging.Log;
import io.github.dotagent.logging.LogSettings.Level;
import io.github.dotagent.metrics.ConnectionWatch;
import io.github.dotagent.metrics.Watch;
import io.github.dotagent.metrics.Watcher;
import io.github.dotagent.tls.ShownIdentity;
import io.github.dotagent.tls.SpkiPin;
import io.github.dotagent.tls.TlsFailure;
import java.util.ArrayList;
import java.util.List;

/** Reports the result of one connection to the log, to the watcher, and to the endpoint. */
final class LinkReport {
  private final DotEndpoint server;
  private final Log log;
  private final Watch watch;
  private ConnectionWatch watching; // used by the connecting thread alone; null: no watcher

  LinkReport(DotEndpoint server, Log log, Watch watch) {
    this.server = server;
    this.log = log;
    this.watch = watch;
  }

  void begins() {
    watching = watch.connectionBegins();
  }

  void connected(ShownIdentity identity) {
    server.showed(identity);
    log.write(Level.DEBUG, "connected to " + server + ": " + identity);
    if (identity.isMismatch() && !identity.isResumed()) {
      mismatch(identity.presentedPins(), false);
    }
    if (watching != null) {
      SpkiPin matched = identity.matchedPin();
      watching.connected(
          server.toString(),
          identity.version(),
          identity.cipher(),
          identity.isResumed(),
          matched == null ? null : matched.toString());
    }
  }

  void failed(TlsFailure refused) {
    log.write(Level.DEBUG, "no connection to " + server + ": " + refused.getMessage());
    if (!refused.mismatched().isEmpty()) {
      server.mismatched(refused.mismatched());
      mismatch(refused.mismatched(), true);
    }
    if (watching != null) {
      watching.failed(server.toString(), refused.getMessage());
    }
  }

  private void mismatch(List<SpkiPin> presented, boolean refused) {
    Watcher watcher = watch.watcher();
    if (watcher != null) {
      List<String> pins = new ArrayList<>(presented.size());
      for (SpkiPin pin : presented) {
        pins.add(pin.toString());
      }
      watcher.pinMismatch(server.toString(), pins, refused);
    }
  }
}
