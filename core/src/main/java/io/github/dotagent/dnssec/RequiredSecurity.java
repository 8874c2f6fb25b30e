package io.github.dotagent.dnssec;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Lookup;
import io.github.dotagent.answer.LookupFailure;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.SecurityStatus;
import io.github.dotagent.wire.ForwardedQuery;
import io.github.dotagent.wire.ForwardedResponse;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/**
 * {@code dnssec.require}: below its domains, a lookup fails if its answer is not secure. Safe for
 * use by any number of threads.
 */
public final class RequiredSecurity implements Lookup {
  /** The servers of a response to a library; there may be several. */
  private static final String SERVER = "a server";

  private final Lookup lookup;
  private final DnssecPolicy policy;

  public RequiredSecurity(Lookup lookup, DnssecPolicy policy) {
    this.lookup = lookup;
    this.policy = policy;
  }

  @Override
  public CompletableFuture<Answer> lookup(Question question) {
    final String domain = policy.requiredFor(question.name());
    if (domain == null) {
      return lookup.lookup(question);
    }
    final CompletableFuture<Answer> result = new CompletableFuture<>();
    lookup
        .lookup(question)
        .handle(
            new BiFunction<Answer, Throwable, Void>() {
              @Override
              public Void apply(Answer answer, Throwable failure) {
                if (answer == null) {
                  result.completeExceptionally(failure);
                } else if (answer.security() == SecurityStatus.SECURE) {
                  result.complete(answer);
                } else {
                  result.completeExceptionally(refused(answer, domain));
                }
                return null;
              }
            });
    return result;
  }

  private LookupFailure refused(Answer answer, String domain) {
    return policy.validates()
        ? BogusAnswers.notSecure(answer.server(), answer.security(), domain)
        : BogusAnswers.notVouchedFor(answer.server(), domain);
  }

  /**
   * The same for the query of a library, whose response has AD only if all of its chain of aliases
   * is secure. A library that wants no check (CD) checks itself.
   *
   * @param response to the query, its chain of aliases followed
   */
  public CompletableFuture<byte[]> of(ForwardedQuery query, CompletableFuture<byte[]> response) {
    final String domain = query.wantsNoCheck() ? null : policy.requiredFor(query.name());
    if (domain == null) {
      return response;
    }
    final CompletableFuture<byte[]> result = new CompletableFuture<>();
    response.handle(
        new BiFunction<byte[], Throwable, Void>() {
          @Override
          public Void apply(byte[] octets, Throwable failure) {
            if (octets == null) {
              result.completeExceptionally(failure);
            } else if (ForwardedResponse.isAuthenticated(octets)) {
              result.complete(octets);
            } else {
              result.completeExceptionally(
                  policy.validates()
                      ? BogusAnswers.notSecure(SERVER, SecurityStatus.INSECURE, domain)
                      : BogusAnswers.notVouchedFor(SERVER, domain));
            }
            return null;
          }
        });
    return result;
  }

  @Override
  public boolean isOutOfReach(String name) {
    return lookup.isOutOfReach(name);
  }

  @Override
  public String doing(String name) {
    return lookup.doing(name);
  }
}
