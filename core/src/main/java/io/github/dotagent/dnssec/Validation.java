package io.github.dotagent.dnssec;

import io.github.dotagent.answer.SecurityStatus;
import io.github.dotagent.concurrent.Timers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;
import org.xbill.DNS.dnssec.ValidatingResolver;

/**
 * The validation of one response. dnsjava's validator runs on the thread that brings the records it
 * waits for, one step at a time. It gets this object as its executor, and passes it on with each
 * query.
 */
final class Validation implements ChainQueries {
  /**
   * The most DS and DNSKEY records to ask for: two for each label of a name of 20 labels, four
   * times. Aliases through more zones are a circle, or an attack.
   */
  private static final int MOST_QUERIES = 160;

  private final Validator validator;
  private final Name name;
  private final int type;
  private final byte[] octets;
  private final Predicate<String> believed; // null: of every name
  private final long deadline;
  private final CompletableFuture<Verdict> verdict = new CompletableFuture<>();

  private volatile Message response; // filtered
  private volatile Verdict untimely; // of a response about keys; null: none was
  private volatile String contradiction; // why the last part is bogus if its zone is signed
  private volatile Message given; // to the next query of the validator, which is for itself
  private volatile ResponsePart part; // that is being judged
  private volatile boolean lenient;
  private volatile boolean isOfProof; // that a zone has no DS, for another validation
  private volatile boolean hasIgnored; // the proof of the last part, for its iterations
  private volatile SecurityStatus status = SecurityStatus.SECURE; // the weakest of the parts so far
  private volatile Throwable failure; // of a query
  private volatile String firstReason = "";
  private volatile int firstCode = ExtendedErrorCodeOption.DNSSEC_BOGUS;
  private volatile Timers.Timer timer;
  private final AtomicInteger queries = new AtomicInteger();

  /** Counts what is given to dnsjava's validator, whose verdicts on earlier ones count no more. */
  private final AtomicInteger round = new AtomicInteger();

  private final Queue<ResponsePart> left = new ConcurrentLinkedQueue<>();

  private Validation(
      Validator validator,
      Name name,
      int type,
      byte[] octets,
      Predicate<String> believed,
      long deadlineNanos) {
    this.validator = validator;
    this.name = name;
    this.type = type;
    this.octets = octets;
    this.believed = believed;
    this.deadline = deadlineNanos;
  }

  /**
   * Judges a response. Fails, without a verdict, if a server did not answer. Ends by the deadline,
   * and never blocks.
   *
   * @param name the question's, as is its type
   * @param octets the response
   * @param believed the names that its server may speak for; null: every name
   * @param deadlineNanos on the timers' clock
   */
  static CompletableFuture<Verdict> judge(
      Validator validator,
      Name name,
      int type,
      byte[] octets,
      Predicate<String> believed,
      long deadlineNanos) {
    Validation validation = new Validation(validator, name, type, octets, believed, deadlineNanos);
    validation.begin();
    return validation.verdict;
  }

  private void begin() {
    try {
      Timers timers = validator.timers();
      timer = timers.unlessCancelled(Math.max(0, deadline - timers.nanoTime()), new Overdue());
      validator.workers().execute(new Beginning());
    } catch (RuntimeException | Error broken) { // no thread is to be had
      fail(broken);
    }
  }

  /** Nothing is executed elsewhere: the step continues here. */
  @Override
  public void execute(Runnable step) {
    step.run();
  }

  private final class Beginning implements Runnable {
    @Override
    public void run() {
      try {
        ResponseFilter filter =
            ResponseFilter.of(new Message(octets), name, type, validator.anchors(), believed);
        if (filter.defect() != null) {
          bogus(filter.defect());
          return;
        }
        response = filter.whole();
        contradiction = filter.contradiction();
        boolean isCovered = validator.anchors().cover(name);
        status = isCovered ? SecurityStatus.SECURE : SecurityStatus.INDETERMINATE;
        for (ResponsePart each : filter.parts()) {
          if (isCovered || validator.anchors().cover(each.name())) {
            left.add(each);
          }
        }
        judgeNext();
      } catch (IOException | RuntimeException | Error broken) {
        fail(broken);
      }
    }
  }

  /** There is no verdict by the deadline: the reason says what it waits for. */
  private final class Overdue implements Runnable {
    @Override
    public void run() {
      fail(new LateException("the signatures of " + name + " were not checked in time"));
    }
  }

  /** The time-out of the lookup was over. */
  static final class LateException extends Exception {
    private static final long serialVersionUID = 1L;

    LateException(String message) {
      super(message, null, false, false);
    }
  }

  /** One way after the other, and the strict one first. */
  private void judge(ResponsePart next) {
    part = next;
    lenient = false;
    judgePart();
  }

  private void judgePart() {
    Message query = new Message(0);
    query.getHeader().setOpcode(Opcode.QUERY);
    query.getHeader().setFlag(Flags.RD);
    query.addRecord(Record.newRecord(part.name(), part.type(), DClass.IN), Section.QUESTION);
    given = part.forJudge();
    ValidatingResolver judge =
        lenient ? validator.lenient(part.anchor()) : validator.strict(part.anchor());
    Judged then = new Judged(round.incrementAndGet()); // before: its queries may end the round
    judge.sendAsync(query, this).handle(then);
  }

  /** A query of dnsjava's validator, on a thread of the agent. */
  @Override
  public CompletableFuture<Message> answer(final Message query) {
    Message part = given;
    if (part != null) {
      given = null;
      return CompletableFuture.completedFuture(part);
    }
    Record asked = query.getQuestion();
    if (verdict.isDone()) {
      return failed(new IOException("the validation has ended"));
    }
    if (queries.incrementAndGet() > MOST_QUERIES) {
      return failed(new IOException("more than " + MOST_QUERIES + " records are needed for it"));
    }
    if (asked.getType() == Type.DNSKEY
        && validator.anchors().insecure().contains(asked.getName())) {
      return CompletableFuture.completedFuture(anyKey(asked.getName()));
    }
    final Name zone = asked.getName();
    final int wanted = asked.getType();
    final CompletableFuture<Message> fetched = new CompletableFuture<>();
    validator
        .chain()
        .find(zone, wanted)
        .handle(
            new BiFunction<Message, Throwable, Void>() {
              @Override
              public Void apply(Message message, Throwable reason) {
                if (reason instanceof KeyLimits.ExceededException) {
                  cannotBeJudged(reason.getMessage(), fetched);
                } else if (message == null) {
                  failure = failure == null ? reason : failure;
                  fetched.completeExceptionally(reason);
                } else {
                  give(zone, wanted, message, fetched);
                }
                return null;
              }
            });
    return fetched;
  }

  private void give(Name zone, int wanted, Message message, CompletableFuture<Message> fetched) {
    try {
      fetched(zone, wanted, message, fetched);
    } catch (RuntimeException | Error broken) { // nothing else would end the wait for it
      failure = failure == null ? broken : failure;
      fetched.completeExceptionally(broken);
    }
  }

  /** As the response spells it. */
  private static Name ownerOfKeys(Message message, Name zone) {
    for (Record record : message.getSection(Section.ANSWER)) {
      if (record.getType() == Type.DNSKEY) {
        return record.getName();
      }
    }
    return zone;
  }

  private void fetched(Name zone, int wanted, Message message, CompletableFuture<Message> fetched) {
    if (untimely == null) {
      untimely = SignatureTimes.outside(message, validator.now());
    }
    if (wanted == Type.DNSKEY) {
      validator.countKeys(ownerOfKeys(message, zone), message);
    }
    // what follows an alias is of another zone, and dnsjava does not look at it
    boolean isProof = wanted == Type.DS && message.getSection(Section.ANSWER).isEmpty();
    if (!isProof || ResponsePart.iterations(message) <= ResponsePart.NSEC3_ITERATIONS) {
      fetched.complete(lenient && wanted == Type.DNSKEY ? reversed(message) : message.clone());
    } else if (isOfProof) {
      // the zones above were found without such a proof, and this cannot prove itself
      cannotBeJudged("the proof that " + zone + " has no DS has too many iterations", fetched);
    } else {
      judgeIterations(zone, message, fetched);
    }
  }

  private void cannotBeJudged(String reason, CompletableFuture<Message> fetched) {
    round.incrementAndGet(); // of the part, that ends here
    bogus(reason);
    fetched.completeExceptionally(new IOException(reason));
  }

  /**
   * dnsjava's validator has no limit for the proof that a zone has no DS: 65,535 rounds for each of
   * eight names. It has one for the proof that a record does not exist, so it is asked to judge the
   * response as one. If it would ignore the proof because of its iterations, after it has found its
   * signatures valid, the zone is insecure (RFC 9276 §3.2).
   */
  private void judgeIterations(
      Name zone, final Message message, final CompletableFuture<Message> to) {
    final Validation own =
        new Validation(validator, zone, Type.DS, message.toWire(), null, deadline);
    own.isOfProof = true;
    own.queries.set(queries.get());
    own.begin();
    own.verdict.handle(
        new BiFunction<Verdict, Throwable, Void>() {
          @Override
          public Void apply(Verdict judged, Throwable reason) {
            queries.set(own.queries.get());
            if (judged != null && judged.status() == SecurityStatus.SECURE) {
              to.complete(ResponsePart.withoutProofs(message, Type.NSEC3)); // NSEC proves it
              return null;
            }
            round.incrementAndGet(); // of the part, that ends here
            if (judged == null) {
              fail(reason);
            } else if (judged.isBogus()) {
              firstCode = judged.code();
              bogus(judged.reason());
            } else if (own.hasIgnored) {
              insecure();
            } else { // the zone that has signed it is another, and its status says nothing here
              bogus("the proof that " + zone + " has no DS is not of the zone above it");
            }
            to.completeExceptionally(new IOException("a proof with too many NSEC3 iterations"));
            return null;
          }
        });
  }

  /** A key that matches no DS: the anchor of a zone below which nothing must be signed. */
  private static Message anyKey(Name zone) {
    Message message = new Message(0);
    message.getHeader().setFlag(Flags.QR);
    message.addRecord(Record.newRecord(zone, Type.DNSKEY, DClass.IN), Section.QUESTION);
    message.addRecord(
        new DNSKEYRecord(
            zone,
            DClass.IN,
            0,
            DNSKEYRecord.Flags.ZONE_KEY,
            DNSKEYRecord.Protocol.DNSSEC,
            DNSSEC.Algorithm.PRIVATEOID,
            new byte[1]),
        Section.ANSWER);
    return message;
  }

  /**
   * dnsjava's validator tries only the first key with a signature's tag. A zone may have two keys
   * with one tag, so the second attempt has them in reverse order.
   */
  private static Message reversed(Message message) {
    Message reversed = message.clone();
    List<Record> keys = new ArrayList<>(reversed.getSection(Section.ANSWER));
    reversed.removeAllRecords(Section.ANSWER);
    Collections.reverse(keys);
    for (Record key : keys) {
      reversed.addRecord(key, Section.ANSWER);
    }
    return reversed;
  }

  private static CompletableFuture<Message> failed(Throwable reason) {
    CompletableFuture<Message> failed = new CompletableFuture<>();
    failed.completeExceptionally(reason);
    return failed;
  }

  /** The verdict on the part, unless another round has begun. */
  private final class Judged implements BiFunction<Message, Throwable, Void> {
    private final int judgedRound;

    Judged(int round) {
      this.judgedRound = round;
    }

    @Override
    public Void apply(Message judged, Throwable broken) {
      try {
        if (judgedRound == round.get() && !verdict.isDone()) {
          judged(judged, broken);
        }
      } catch (RuntimeException | Error unforeseen) {
        fail(unforeseen);
      }
      return null;
    }
  }

  private void judged(Message judged, Throwable broken) {
    if (failure != null) {
      fail(failure); // dnsjava swallows it, and goes on without what it has not got
      return;
    }
    String reason = judged == null ? "" : reason(judged);
    boolean ignored = reason.equals(ReasonTexts.NSEC3_IGNORED);
    if (judged != null && judged.getHeader().getFlag(Flags.AD)) {
      secure(judged);
    } else if (ignored ? part.hasTooManyIterations() : isAnswer(judged) && mayBeInsecure(reason)) {
      hasIgnored = ignored;
      insecure();
    } else if (!lenient && broken == null) {
      if (firstReason.isEmpty()) {
        firstReason = reason;
        firstCode = code(judged);
      }
      lenient = true;
      judgePart();
    } else if (part.unsigned() != null) {
      judge(part.unsigned());
    } else if (broken == null) {
      bogus(reasonOfPart());
    } else {
      cannotBeRead(broken instanceof CompletionException ? broken.getCause() : broken);
    }
  }

  /** dnsjava's validator throws, for example, a NullPointerException for a key without octets. */
  private void cannotBeRead(Throwable thrown) {
    if (thrown instanceof Error) {
      fail(thrown); // for example out of memory
    } else {
      bogus("a key or a signature is malformed");
    }
  }

  private String reasonOfPart() {
    boolean isLast = left.isEmpty();
    return isLast && contradiction != null ? contradiction : firstReason;
  }

  /** The lenient way does not know SHA-1, and the strict one has found such a zone bogus. */
  private boolean mayBeInsecure(String reason) {
    return !lenient || !reason.equals(ReasonTexts.NO_DIGEST);
  }

  /** It is judged as insecure then: what is bogus is an error. */
  private static boolean isAnswer(Message judged) {
    return judged != null
        && (judged.getRcode() == Rcode.NOERROR || judged.getRcode() == Rcode.NXDOMAIN);
  }

  private void secure(Message judged) {
    if (!part.hasData()) {
      response.getHeader().setRcode(judged.getRcode()); // NXDOMAIN may prove NODATA
      if (!NsecProof.of(part.name(), part.type()).holds(judged)) {
        ResponsePart byNsec3 = part.withoutNsec();
        if (byNsec3 == null) {
          firstCode = ExtendedErrorCodeOption.NSEC_MISSING;
          bogus("NSEC does not prove that it does not exist");
          return;
        }
        left.add(byNsec3);
      }
    }
    judgeNext();
  }

  private void insecure() {
    status = status.and(SecurityStatus.INSECURE);
    judgeNext();
  }

  private void judgeNext() {
    ResponsePart next = left.poll();
    if (next == null) {
      boolean isSecure = status == SecurityStatus.SECURE;
      if (isSecure) {
        response.getHeader().setFlag(Flags.AD);
      }
      end(Verdict.of(status, response));
    } else {
      firstReason = "";
      firstCode = ExtendedErrorCodeOption.DNSSEC_BOGUS;
      judge(next);
    }
  }

  /** In words; empty when there is none. */
  private static String reason(Message judged) {
    for (Record record : judged.getSection(Section.ADDITIONAL)) {
      if (record instanceof TXTRecord
          && record.getDClass() == ValidatingResolver.VALIDATION_REASON_QCLASS) {
        return String.join("", ((TXTRecord) record).getStrings());
      }
    }
    return "";
  }

  private static int code(Message judged) {
    OPTRecord opt = judged.getOPT();
    if (opt != null) {
      for (EDNSOption option : opt.getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR)) {
        return ((ExtendedErrorCodeOption) option).getErrorCode();
      }
    }
    return ExtendedErrorCodeOption.DNSSEC_BOGUS;
  }

  private void bogus(String reason) {
    if (part != null) {
      validator.doubtKeys(part.name(), part.anchor());
    }
    Verdict late = response == null ? null : SignatureTimes.outside(response, validator.now());
    late = late == null ? untimely : late;
    end(late == null ? Verdict.bogus(reason, firstCode) : late);
  }

  private void end(Verdict judged) {
    cancelTimer();
    verdict.complete(judged);
  }

  private void fail(Throwable reason) {
    cancelTimer();
    verdict.completeExceptionally(reason);
  }

  private void cancelTimer() {
    Timers.Timer set = timer;
    if (set != null) {
      set.cancel();
    }
  }
}
