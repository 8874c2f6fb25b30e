package io.github.dotagent.dot;

import io.github.dotagent.tls.TlsConnector;
import io.github.dotagent.tls.TlsFailure;
import io.github.dotagent.tls.TlsFailures;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A link whose other end is the test: it says when the link opens, sees each write, and chooses
 * what comes back. Nothing here waits for longer than the test's own timeout.
 */
final class ScriptedLink implements Link {
  private final CompletableFuture<Void> opening = new CompletableFuture<>();
  private final BlockingQueue<byte[]> writes = new LinkedBlockingQueue<>();
  private final ScriptedStream incoming = new ScriptedStream();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch leaving = new CountDownLatch(1);
  private final BlockingQueue<Integer> batches = new LinkedBlockingQueue<>();
  private volatile boolean staysInLeaving;
  private volatile boolean failsInLeaving;
  private volatile CountDownLatch stuck = new CountDownLatch(0);
  private volatile boolean reached;
  private volatile boolean unwanted;
  private final CountDownLatch begun = new CountDownLatch(1);
  private volatile Runnable silent;
  private final AtomicInteger timesAcknowledged = new AtomicInteger();

  /** One that opens when {@link #letOpen} says so. */
  ScriptedLink() {}

  /** One that opens at once. */
  static ScriptedLink opened() {
    ScriptedLink link = new ScriptedLink();
    link.letOpen();
    return link;
  }

  // the test's side

  /** Other settings do not want the key that it has shown. */
  void showsAnUnwantedKey() {
    unwanted = true;
  }

  void letOpen() {
    opening.complete(null);
  }

  /** How often the reader had read all there was and waits for more. */
  int timesAcknowledged() {
    return timesAcknowledged.get();
  }

  /** TCP is through; TLS is not. */
  void letReach() {
    reached = true;
  }

  /** It has said nothing for a while since it was reached. */
  void saysNothing() throws InterruptedException {
    reached = true;
    begun.await();
    silent.run();
  }

  void refuse(Throwable reason) {
    opening.completeExceptionally(reason);
  }

  /** From now on a write hangs until the close, as with a server that no longer reads. */
  void stopReading() {
    stuck = closed;
  }

  /** Waits until the connection reads: it is open then, and has set its timers. */
  void awaitReader() throws InterruptedException {
    incoming.awaitReader();
  }

  void awaitClose() throws InterruptedException {
    closed.await();
  }

  boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** From now on taking leave takes until the link is closed. */
  void hangInLeaving() {
    staysInLeaving = true;
  }

  /** The TLS close fails and leaves the socket open, as JSSE's may. */
  void failInLeaving() {
    failsInLeaving = true;
  }

  /** Waits until the connection is closed in order. */
  void awaitLeave() throws InterruptedException {
    leaving.await();
  }

  boolean wasLeftInOrder() {
    return leaving.getCount() == 0;
  }

  /** How many messages the next write had. */
  int nextBatch() throws InterruptedException {
    return batches.take();
  }

  /** The next messages that were sent. */
  List<byte[]> nextQueries(int count) throws InterruptedException {
    List<byte[]> queries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      queries.add(nextQuery());
    }
    return queries;
  }

  /** The next message that was sent. */
  byte[] nextQuery() throws InterruptedException {
    byte[] write = writes.take();
    int length = (write[0] & 0xff) << 8 | write[1] & 0xff;
    if (write.length != 2 + length) {
      throw new AssertionError("a write of " + write.length + " octets, not one message");
    }
    return Arrays.copyOfRange(write, 2, write.length);
  }

  /** Whether there are writes that the test has not read. */
  boolean hasWrites() {
    return !writes.isEmpty();
  }

  /** Responds to the query, as it was written. */
  void respondTo(byte[] query) {
    send(Messages.response(query, Messages.idOf(query)));
  }

  void send(byte[] message) {
    sendOctets(Messages.framed(message));
  }

  void sendOctets(byte... octets) {
    incoming.give(octets);
  }

  /** The server closes in good order. */
  void endOfStream() {
    incoming.end();
  }

  /** The connection is reset. */
  void reset() {
    incoming.lose(new SocketException("Connection reset"));
  }

  // the connection's side

  @Override
  public void open(Runnable whenSilent) throws TlsFailure {
    silent = whenSilent;
    begun.countDown();
    try {
      opening.join();
    } catch (CompletionException refused) {
      if (refused.getCause() instanceof TlsFailure failure) {
        throw failure;
      }
      throw (RuntimeException) refused.getCause();
    }
  }

  @Override
  public void acknowledge() {
    timesAcknowledged.incrementAndGet();
  }

  @Override
  public boolean isTakenBy(TlsConnector other) {
    return !unwanted;
  }

  @Override
  public boolean isReached() {
    return reached;
  }

  @Override
  public long waitedNanos() {
    return 0;
  }

  @Override
  public InputStream in() {
    return incoming;
  }

  @Override
  public void send(List<byte[]> frames) throws IOException {
    batches.add(frames.size());
    writes.addAll(frames);
    hang(stuck);
    if (isClosed()) {
      throw new SocketException("Socket closed");
    }
  }

  /** As long as the server does not read; an interrupt is kept, as in a write to a socket. */
  private static void hang(CountDownLatch end) {
    boolean interrupted = false;
    while (true) {
      try {
        end.await();
        break;
      } catch (InterruptedException kept) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void closeInOrder() {
    if (isClosed()) {
      return; // as the real one: the server would not get it
    }
    leaving.countDown();
    if (staysInLeaving) {
      hang(closed);
    } else if (!failsInLeaving) {
      close();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    refuse(TlsFailures.of(TlsFailure.Kind.UNREACHABLE, "Socket closed"));
    incoming.lose(new SocketException("Socket closed"));
  }
}
