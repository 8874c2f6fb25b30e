package io.github.dotagent.dnssec;

import io.github.dotagent.answer.SecurityStatus;
import io.github.dotagent.concurrent.Timers;
import io.github.dotagent.upstream.SignedResponse;
import io.github.dotagent.wire.ExtendedErrorNames;
import io.github.dotagent.wire.SignedQuery;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** One answer and its verdict, for a person who asks for it. Immutable. */
public final class SecurityCheck {
  private static final Executor ON_THE_SPOT =
      new Executor() {
        @Override
        public void execute(Runnable step) {
          step.run();
        }
      };

  private final Verdict verdict; // null: there is none
  private final String failure;
  private final Name unfinished; // null: the aliases end in the answer

  private SecurityCheck(Verdict verdict, String failure, Name unfinished) {
    this.verdict = verdict;
    this.failure = failure;
    this.unfinished = unfinished;
  }

  private static SecurityCheck none(String failure) {
    return new SecurityCheck(null, failure, null);
  }

  /**
   * Asks for the records and for everything that their check needs; waits for it.
   *
   * @param name absolute
   * @param type a record type as IANA numbers them
   * @param believed the names that its server may speak for, as a question spells them; null: every
   *     name
   * @param timeoutNanos the bound of all of it
   */
  public static SecurityCheck of(
      String name,
      int type,
      DnssecPolicy policy,
      RecordSource source,
      Predicate<String> believed,
      Timers timers,
      long timeoutNanos) {
    try {
      Name asked = Name.fromString(name, Name.root);
      CompletableFuture<SignedResponse> response = source.records(new SignedQuery(asked, type));
      long deadline = timers.nanoTime() + timeoutNanos;
      byte[] octets = response.get(timeoutNanos, TimeUnit.NANOSECONDS).octets();
      Validator validator = new Validator(policy.anchors(), source, ON_THE_SPOT, timers);
      Verdict verdict =
          Validation.judge(validator, asked, type, octets, believed, deadline)
              .get(timeoutNanos, TimeUnit.NANOSECONDS);
      Name unfinished =
          verdict.isBogus()
              ? null
              : ResponseFilter.of(verdict.message(), asked, type, null, null).unfinished();
      return new SecurityCheck(verdict, "", unfinished);
    } catch (ExecutionException failed) {
      return none(String.valueOf(failed.getCause().getMessage()));
    } catch (TimeoutException late) {
      return none("was not checked in time");
    } catch (TextParseException noName) {
      return none(String.valueOf(noName.getMessage()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return none("interrupted");
    }
  }

  /** Whether every part of the answer is signed, from an anchor on. */
  public boolean isSecure() {
    return verdict != null && verdict.status() == SecurityStatus.SECURE;
  }

  /** Whether the answer may be used: it is not bogus, and could be checked. */
  public boolean isAnswer() {
    return verdict != null && !verdict.isBogus();
  }

  /** Whether it is bogus because of the time on this machine's clock. */
  public boolean isUntimely() {
    return verdict != null
        && verdict.isBogus()
        && (verdict.code() == ExtendedErrorCodeOption.SIGNATURE_EXPIRED
            || verdict.code() == ExtendedErrorCodeOption.SIGNATURE_NOT_YET_VALID);
  }

  /**
   * Such as {@code secure}, or {@code bogus} with the reason and RFC 8914's code. If the answer
   * ends with an alias, the agent asks for its target separately: this is the verdict of the rest.
   */
  @Override
  public String toString() {
    if (verdict == null) {
      return "not checked: " + failure;
    }
    if (verdict.isBogus()) {
      String code = verdict.code() + ": " + ExtendedErrorNames.of(verdict.code());
      return "bogus: " + verdict.reason() + " (EDE " + code + ")";
    }
    String rest =
        unfinished == null
            ? ""
            : ", as far as the alias to "
                + unfinished
                + "; the agent asks for that name separately";
    return verdict.status() + rest;
  }
}
