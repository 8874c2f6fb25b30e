package io.github.dotagent.agent.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class TrustStoreAtStartTest {
  @Test
  void anUnreadTrustStoreStopsTheStartInTime() {
    FutureTask<Void> neverBegun = new FutureTask<>(() -> null);
    StartRefused said =
        assertThrows(StartRefused.class, () -> TrustStoreAtStart.await(neverBegun, 0));
    assertEquals(
        "the trust store, or a client certificate, was not read within 0 s; convert it to PEM",
        said.getMessage());
  }
}
