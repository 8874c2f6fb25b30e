package io.github.dotagent.dnssec;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.xbill.DNS.Message;

/**
 * Answers the queries of dnsjava's validator for one response. The validator takes it for its
 * executor, and hands it on with each query; nothing is executed elsewhere.
 */
interface ChainQueries extends Executor {
  /** The response, or exceptionally why there is none. */
  CompletionStage<Message> answer(Message query);
}
