package io.github.dotagent.forward;

import io.github.dotagent.wire.ForwardedQuery;
import java.util.concurrent.CompletableFuture;

/** The servers of the settings. */
public interface ForwardPort {
  /** The response as it came, or exceptionally why there is none. Never blocks. */
  CompletableFuture<byte[]> forward(ForwardedQuery query);
}
