package io.github.dotagent.it.harness.server;

import io.github.dotagent.it.harness.wire.DnsQuery;
import io.github.dotagent.it.harness.wire.MalformedMessage;
import io.github.dotagent.it.harness.zone.ZoneAnswer;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocket;

/**
 * One connection: reads queries one after the other and answers each when it is due, so that a late
 * answer keeps back no other (RFC 7766 §6.2.1.1). {@link #run} on a thread of its own; the thread
 * that ends the wait sends the delayed answer.
 */
final class DotSession implements Runnable {
  private final DotServer server;
  private final Socket tcp;
  private final int number;
  private final Ending ending;

  /** Answers kept for {@link Faults#reverse}. Guarded by this. */
  private final List<Runnable> kept = new ArrayList<>();

  /** Queries answered or left without answer on purpose. Guarded by this. */
  private int answered;

  /** Queries that have come. Of the thread that reads. */
  private int asked;

  DotSession(DotServer server, Socket tcp, int number) {
    this.server = server;
    this.tcp = tcp;
    this.number = number;
    this.ending = new Ending(tcp);
  }

  @Override
  public void run() {
    try {
      Optional<ConnectFault> fault =
          server.makesRoomFor(this).or(() -> server.faults().forConnection());
      if (fault.isPresent()) {
        server.log().update(number, connection -> connection.failed("by order: " + fault.get()));
        BrokenGreeting.play(fault.get(), tcp, ending);
      } else {
        if (!server.faults().handshakeAfter().isZero()) {
          server.after(server.faults().handshakeAfter()).join();
        }
        TlsAcceptor.Secured tls =
            TlsAcceptor.handshake(
                tcp,
                server.tlsContext(),
                server.options().tlsVersions(),
                server.faults().refusesAlpn());
        server.log().update(number, connection -> connection.secured(tls.details()));
        serve(tls);
      }
    } catch (IOException | MalformedMessage broken) {
      if (!ending.begun()) {
        server.log().update(number, connection -> connection.failed(broken.toString()));
      }
    } finally {
      abandon();
      server.log().update(number, RecordedConnection::ended);
      server.ended(this);
    }
  }

  private void serve(TlsAcceptor.Secured tls) throws IOException, MalformedMessage {
    SSLSocket socket = tls.socket();
    AnswerSender sender =
        new AnswerSender(
            new FrameWriter(socket.getOutputStream()),
            socket,
            ending,
            server.options().keepalive());
    DataInputStream in = new DataInputStream(socket.getInputStream());
    socket.setSoTimeout((int) server.faults().idle().toMillis());
    while (true) {
      byte[] message;
      try {
        message = new byte[in.readUnsignedShort()];
      } catch (EOFException | SocketTimeoutException clientIsDoneOrIdle) {
        ending.close(socket);
        return;
      }
      in.readFully(message);
      DnsQuery query = DnsQuery.parse(message);
      server.log().query(number, tls.details(), query);
      asked++;
      if (asked - answered() > server.faults().closeAbove()) {
        abandon();
        return;
      }
      answer(query, sender, socket);
    }
  }

  // The log has the result of each answer, on any thread: no future has more to say.
  @SuppressWarnings("FutureReturnValueIgnored")
  private void answer(DnsQuery query, AnswerSender sender, SSLSocket socket) {
    Optional<AnswerFault> fault = server.faults().forAnswer(query.name());
    ZoneAnswer answer = server.zone().answer(query.name(), query.type());
    CompletableFuture<Void> due = server.faults().gate(query.name());
    if (fault.isPresent() && fault.get() instanceof AnswerFault.Delay delay) {
      due = due.thenCombine(server.after(delay.time()), (released, delayed) -> null);
    }
    due.thenRun(() -> inOrder(() -> send(query, answer, fault, sender, socket)));
  }

  private void send(
      DnsQuery query,
      ZoneAnswer answer,
      Optional<AnswerFault> fault,
      AnswerSender sender,
      SSLSocket socket) {
    try {
      sender.send(query, answer, fault);
      closeWhenFull(socket);
    } catch (IOException | RuntimeException clientGoneOrFaultWrong) {
      String why = "while answering " + query.name() + ": " + clientGoneOrFaultWrong;
      server.log().update(number, connection -> connection.failed(why));
      abandon();
    }
  }

  private synchronized void inOrder(Runnable send) {
    kept.add(send);
    if (kept.size() >= server.faults().reverse()) {
      Collections.reverse(kept);
      kept.forEach(Runnable::run);
      kept.clear();
    }
  }

  private synchronized int answered() {
    return answered;
  }

  private void closeWhenFull(SSLSocket socket) throws IOException {
    if (++answered >= server.faults().closeAfter()) {
      switch (server.faults().closeKind()) {
        case TLS -> ending.close(socket);
        case FIN -> ending.abandon();
        case RST -> ending.reset();
      }
    }
  }

  /** Ends the TCP connection without a word of TLS, as a server that died. */
  void abandon() {
    try {
      ending.abandon();
    } catch (IOException alreadyGone) {
      server.log().update(number, connection -> connection.failed(alreadyGone.toString()));
    }
  }
}
