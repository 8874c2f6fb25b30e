package io.github.dotagent.resolver;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Lookup;
import io.github.dotagent.answer.Question;
import io.github.dotagent.answer.RecordType;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The two places that a name can be sent to; both write down what reaches them, in one list. */
final class Witnesses {
  static final String SERVER = "192.0.2.53";
  static final byte[] SYSTEM_ADDRESS = {10, 0, 0, 2};
  static final byte[] IPV4 = {(byte) 192, 0, 2, 3};
  static final byte[] IPV6 = {0x20, 0x01, 0x0d, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3};

  private final List<String> asked = new ArrayList<>();
  private final Map<RecordType, CompletableFuture<Answer>> answers =
      new EnumMap<>(RecordType.class);

  String localHostName = "build-7.corp.example";
  UnknownHostException systemFailure;
  boolean outOfReach;

  /** Of these names alone; null: of none. */
  String outOfReachBelow;

  String doing = "";
  boolean inGerman;

  /** The name by which the resolver learns what this system says of one that there is not. */
  static final String IMPOSSIBLE =
      "a-label-of-64-octets-which-is-one-too-many-for-the-dns-to-carry-.";

  /** Names that are answered by a failure; absolute ones of the system have their dot. */
  final Map<String, Throwable> failing = new HashMap<>();

  /** What happens while the system is asked. */
  Runnable whileSystemIsAsked = () -> {};

  /** What exists upstream and at the system; null: every name does. */
  private Set<String> existing;

  Witnesses() {
    answers(RecordType.A, Answer.addresses(List.of(IPV4), 300, SERVER));
    answers(RecordType.AAAA, Answer.addresses(List.of(IPV6), 300, SERVER));
    answers(RecordType.PTR, Answer.names(List.of("host.example.com", "b.example.com"), 1, SERVER));
  }

  /** From now on these names exist and no others; absolute ones of the system have their dot. */
  Witnesses exist(String... names) {
    existing = Set.of(names);
    return this;
  }

  private boolean exists(String name) {
    return existing == null || existing.contains(name);
  }

  /** What came, such as {@code dot www.example.com AAAA} or {@code system printer IPV4_FIRST}. */
  List<String> asked() {
    return asked;
  }

  Witnesses answers(RecordType type, Answer answer) {
    return answers(type, CompletableFuture.completedFuture(answer));
  }

  Witnesses answers(RecordType type, CompletableFuture<Answer> answer) {
    answers.put(type, answer);
    return this;
  }

  Witnesses fails(RecordType type, Throwable failure) {
    return answers(type, CompletableFuture.failedFuture(failure));
  }

  Lookup dot() {
    return new Lookup() {
      @Override
      public CompletableFuture<Answer> lookup(Question question) {
        asked.add("dot " + question);
        if (failing.containsKey(question.name())) {
          return CompletableFuture.failedFuture(failing.get(question.name()));
        }
        return exists(question.name())
            ? answers.get(question.type())
            : CompletableFuture.completedFuture(Answer.noSuchName(1, SERVER));
      }

      @Override
      public boolean isOutOfReach(String name) {
        return outOfReach || outOfReachBelow != null && name.endsWith(outOfReachBelow);
      }

      @Override
      public String doing(String name) {
        return doing;
      }
    };
  }

  SystemResolver system() {
    return new SystemResolver() {
      @Override
      public InetAddress[] addresses(String host, AddressFamilyPolicy order)
          throws UnknownHostException {
        asked.add("system " + host + " " + order);
        whileSystemIsAsked.run();
        if (failing.get(host) instanceof UnknownHostException) {
          throw (UnknownHostException) failing.get(host);
        }
        if (systemFailure != null && !host.equals(IMPOSSIBLE)) {
          throw systemFailure;
        }
        if (!exists(host) || host.equals(IMPOSSIBLE)) {
          throw new UnknownHostException(
              host
                  + (inGerman
                      ? ": Der Name oder der Dienst ist nicht bekannt"
                      : ": Name or service not known"));
        }
        return new InetAddress[] {InetAddress.getByAddress(host, SYSTEM_ADDRESS)};
      }

      @Override
      public String nameOf(byte[] address) throws UnknownHostException {
        asked.add("system " + AddressList.textOf(address));
        return "of-the-system";
      }

      @Override
      public String localHostName() {
        return localHostName;
      }
    };
  }
}
