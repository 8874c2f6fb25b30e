package io.github.dotagent.wire;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Joins the responses to a library's query and to the queries for the rest of its chain of aliases
 * into one response, as a recursive resolver does. If a response is followed further, its aliases
 * are taken, and their proofs if the library wants them. For one thread at a time.
 */
public final class ForwardedChain {
  /**
   * NSEC and NSEC3 records with their signatures. An alias that is made from a wildcard needs one
   * record; 11 of them, as many as Unbound follows, with two signatures each, have 33.
   */
  private static final int MOST_PROOFS = 64;

  /**
   * Aliases with their signatures: 11 of them, each a DNAME with two signatures and the CNAME made
   * from it, are 44. A set that its records' hash codes do not spread must stay small.
   */
  private static final int MOST_ALIASES = 128;

  private static final int MOST_OCTETS = 0xffff; // RFC 1035 §4.2.2

  private final ForwardedQuery query;
  private final Set<Record> aliases = new LinkedHashSet<>(); // of all responses but the last
  private final Set<Record> proofs = new LinkedHashSet<>(); // of aliases made from wildcards
  private ForwardedQuery asked;
  private byte[] whole; // the first response, if no other is needed
  private Message last; // the last response; null until the chain ends
  private Message first; // null while one response is enough
  private boolean authenticated = true; // in every response so far

  public ForwardedChain(ForwardedQuery query) {
    this.query = query;
    this.asked = query;
  }

  /**
   * Takes the response to the query that was given last.
   *
   * @param response as {@link ForwardedQuery#read} lets it pass
   * @param believed whether its server may speak for a name, as a question spells it
   * @return the query to ask next; null: there is none
   * @throws ResponseException when it cannot be put together with the others
   */
  public ForwardedQuery add(byte[] response, Predicate<String> believed) throws ResponseException {
    ReceivedMessage received = ReceivedMessage.of(response);
    CnameChain chain = CnameChain.from(asked.name(), received, believed);
    String next = continuation(chain);
    if (next == null && first == null) {
      whole = response;
      return null;
    }
    Message message = ResponseDecoder.parse(response);
    authenticated &= message.getHeader().getFlag(Flags.AD);
    if (next == null) {
      last = message;
      return null;
    }
    first = first == null ? message : first;
    addAliases(message, chain.aliasedNames());
    if (query.wantsSignatures()) {
      addProofs(message);
    }
    asked = asked.at(next);
    return asked;
  }

  /** A signature counts as the type of its records. */
  private void addAliases(Message message, Set<String> owners) throws ResponseException {
    for (Record record : message.getSection(Section.ANSWER)) {
      int type = record.getRRsetType();
      boolean isAlias =
          type == Type.CNAME && owners.contains(ForwardedQuery.spelled(record.getName()));
      boolean isOfTree = type == Type.DNAME && isAbove(record.getName(), owners);
      boolean isWanted = isAlias || isOfTree && query.wantsSignatures();
      if (isWanted && aliases.add(record) && aliases.size() > MOST_ALIASES) {
        throw ResponseException.unusableRecords("sent more aliases than any chain has");
      }
    }
  }

  private static boolean isAbove(Name tree, Set<String> owners) {
    String ending = "." + ForwardedQuery.spelled(tree);
    for (String owner : owners) {
      if (owner.endsWith(ending)) {
        return true;
      }
    }
    return false;
  }

  /** The library itself finds the ones that it needs: it checks their signatures. */
  private void addProofs(Message message) {
    for (Record record : message.getSection(Section.AUTHORITY)) {
      int type = record.getRRsetType();
      if ((type == Type.NSEC || type == Type.NSEC3) && proofs.size() < MOST_PROOFS) {
        proofs.add(record);
      }
    }
  }

  /**
   * The next query. Null if the question asks for the aliases, or they lead to the answer, or end.
   */
  private String continuation(CnameChain chain) throws ResponseException {
    int type = query.type();
    if (type == Type.CNAME || type == Type.ANY) {
      return null;
    }
    String next = chain.continuesAt();
    return next == null || chain.records(type).length > 0 ? null : next;
  }

  /**
   * The response as the server sent it, or one that is joined from several. If the last query was
   * not sent, because its name does not go to the agent's servers, it has only the aliases: the
   * library continues with them.
   *
   * @throws ResponseException when all of it is too long for a message
   */
  public byte[] octets() throws ResponseException {
    if (first == null) {
      return whole;
    }
    Message from = last == null ? first : last;
    Message to = new Message();
    Header header = new Header(0);
    header.setFlag(Flags.QR);
    header.setFlag(Flags.RD);
    header.setFlag(Flags.RA);
    header.setRcode(last == null ? Rcode.NOERROR : last.getHeader().getRcode());
    if (authenticated && last != null) {
      header.setFlag(Flags.AD);
    }
    to.setHeader(header);
    to.addRecord(first.getQuestion(), Section.QUESTION);
    for (Record alias : aliases) {
      to.addRecord(alias, Section.ANSWER);
    }
    if (last != null) {
      for (Record record : last.getSection(Section.ANSWER)) {
        to.addRecord(record, Section.ANSWER);
      }
      // in the order of the chain, as Unbound writes them: some validators go by the last one
      for (Record record : last.getSection(Section.AUTHORITY)) {
        proofs.remove(record);
      }
    }
    for (Record proof : proofs) {
      to.addRecord(proof, Section.AUTHORITY);
    }
    if (last != null) {
      for (Record record : last.getSection(Section.AUTHORITY)) {
        to.addRecord(record, Section.AUTHORITY);
      }
    }
    if (from.getOPT() != null) {
      to.addRecord(from.getOPT(), Section.ADDITIONAL);
    }
    byte[] octets = to.toWire();
    if (octets.length > MOST_OCTETS) {
      throw ResponseException.unusableRecords("sent more than fits into a response");
    }
    return octets;
  }
}
