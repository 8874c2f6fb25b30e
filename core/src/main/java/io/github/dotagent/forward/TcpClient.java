package io.github.dotagent.forward;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A library's connection to a stand-in; it may carry any number of queries (RFC 7766 §6). */
final class TcpClient implements ForwardLoop.Ready, LibraryClient, CleartextStream.Client {
  /** RFC 7766 §6.2.3: a few seconds. A client closes the connection itself after its answers. */
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /**
   * A library sends its query at once. If less than a DNS header has come after this time, the
   * stream is another protocol.
   */
  private static final long BEGIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** A client with more unread responses than this does not read; its connection is closed. */
  private static final int MOST_UNREAD = 256;

  /** Queries of one client in one turn: a flood from one client must not stop the others. */
  private static final int AT_ONCE = 64;

  /** With so many unread messages a zone transfer waits for the client: 16 may be 1 MB. */
  private static final int BEHIND = 16;

  private final SocketChannel channel;
  private final ForwardLoop loop;
  private final QueryHandler handler;
  private final FrameReader reader = new FrameReader();
  private final Deque<ByteBuffer> unread = new ArrayDeque<>();
  private final List<Runnable> onceRead = new ArrayList<>();
  private final List<CleartextStream> transfers = new ArrayList<>(); // zone transfers in progress
  private boolean begins = true; // no query has come yet
  private int unanswered; // queries; a zone transfer counts until its server ends it
  private boolean asksNoMore; // the library has closed its side and still reads (RFC 9293 §3.6)
  private boolean noMore; // the connection closes when everything is answered and read
  private SelectionKey key;
  private long usedAt;
  private int sweeps; // since usedAt

  TcpClient(SocketChannel channel, ForwardLoop loop, QueryHandler handler) {
    this.channel = channel;
    this.loop = loop;
    this.handler = handler;
    this.usedAt = loop.nanoTime();
  }

  void registered(SelectionKey at) {
    key = at;
  }

  @Override
  public void ready(SelectionKey at) throws IOException {
    usedAt = loop.nanoTime();
    sweeps = 0;
    if (at.isWritable()) {
      write();
    }
    if (at.isReadable()) {
      try {
        readAll();
      } catch (EOFException end) {
        if (begins && reader.begun().length > 0) {
          passOn(reader.begun()); // a library sends its whole query before it closes its side
          return;
        }
        if (isOwedNothing()) {
          throw end;
        }
        asksNoMore = true;
        interest();
        for (CleartextStream transfer : transfers) {
          transfer.asksNoMore();
        }
      }
    }
  }

  private void readAll() throws IOException {
    byte[] query = reader.read(channel);
    if (begins && (query == null ? reader.isNoQuery() : isNoQuery(query))) {
      passOn(query == null ? reader.begun() : FrameReader.framed(query).array());
      return;
    }
    for (int handled = 1; query != null; handled++) {
      begins = false;
      unanswered++;
      handler.handle(query, this);
      query = handled < AT_ONCE ? reader.read(channel) : null; // the channel stays ready
    }
  }

  private static boolean isNoQuery(byte[] whole) {
    return FrameReader.isNoQuery(whole, whole.length);
  }

  /** The stream is not DNS: it continues to the server in the clear, or ends. */
  private void passOn(byte[] begun) throws IOException {
    begins = false;
    if (!handler.passesStreams()) {
      throw new EOFException("it is not DNS");
    }
    try {
      CleartextRelay.begin(key, begun, handler.server(), loop);
    } catch (UnsupportedAddressTypeException unreachable) {
      throw new IOException(unreachable);
    }
  }

  /** A pause of the whole JVM does not count: the library could not send either. */
  private boolean hasPausedAlone(long nowNanos) {
    sweeps++;
    return sweeps > 1 && nowNanos - usedAt > BEGIN_NANOS;
  }

  @Override
  public boolean isOver(long nowNanos) {
    if (hasPausedAlone(nowNanos) && begins && reader.isLessThanHeader()) {
      try {
        passOn(reader.begun());
        return false;
      } catch (IOException refused) {
        return true;
      }
    }
    boolean waits = unanswered > 0 && unread.isEmpty(); // each query has a time limit of its own
    return !waits && nowNanos - usedAt > IDLE_NANOS;
  }

  @Override
  public boolean owes() {
    return !isOwedNothing();
  }

  @Override
  public void unanswered() {
    endsWithoutAnswer(); // a server that cannot read a query also closes the connection
  }

  @Override
  public boolean isOverUdp() {
    return false;
  }

  @Override
  public void answer(final byte[] response) {
    loop.execute(
        new Runnable() {
          @Override
          public void run() {
            unanswered--;
            give(response);
          }
        });
  }

  @Override
  public void give(byte[] message) {
    usedAt = loop.nanoTime();
    unread.add(FrameReader.framed(message));
    try {
      write();
    } catch (IOException gone) {
      close();
    }
  }

  private boolean isOwedNothing() {
    return unanswered <= 0 && unread.isEmpty();
  }

  private void write() throws IOException {
    while (!unread.isEmpty()) {
      channel.write(unread.peek());
      if (unread.peek().hasRemaining()) {
        break;
      }
      unread.remove();
    }
    if (unread.size() > MOST_UNREAD) {
      throw new IOException("it does not read");
    }
    interest();
    if (unread.isEmpty()) {
      allRead();
    }
  }

  private void interest() {
    if (key.isValid()) {
      key.interestOps(
          (asksNoMore ? 0 : SelectionKey.OP_READ) | (unread.isEmpty() ? 0 : SelectionKey.OP_WRITE));
    }
  }

  private void allRead() {
    List<Runnable> waiting = new ArrayList<>(onceRead);
    onceRead.clear();
    for (Runnable one : waiting) {
      one.run();
    }
    closeIfDone();
  }

  private void closeIfDone() {
    if ((noMore || asksNoMore) && isOwedNothing()) {
      close();
    }
  }

  @Override
  public boolean isBehind() {
    return unread.size() >= BEHIND;
  }

  @Override
  public void onceRead(Runnable task) {
    onceRead.add(task);
  }

  @Override
  public boolean isGone() {
    return !channel.isOpen();
  }

  @Override
  public void begins(CleartextStream transfer) {
    transfers.add(transfer); // the library has not closed its side yet
  }

  @Override
  public void ended(CleartextStream stream) {
    transfers.remove(stream);
    endsWithoutAnswer();
  }

  private void endsWithoutAnswer() {
    unanswered--;
    noMore = true;
    closeIfDone();
  }

  private void close() {
    try {
      channel.close();
    } catch (IOException closedAllTheSame) {
      // nothing else can be done
    }
  }

  @Override
  public void askInClear(byte[] query) {
    try {
      CleartextStream.send(query, handler.server(), this, loop);
    } catch (IOException | UnsupportedAddressTypeException unreachable) {
      endsWithoutAnswer(); // the library sees a closed connection, as from an unreachable server
    }
  }
}
