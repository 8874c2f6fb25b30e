package io.github.dotagent.forward;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.PortUnreachableException;
import java.net.ProtocolFamily;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.nio.channels.NoConnectionPendingException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelectionKey;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network in memory, for one thread: its channels do what the JDK's do on Linux, and never block.
 * What is written has come at once, as far as there is room for it. A test moves a loop on it with
 * {@link #settle}.
 */
final class MemoryNetwork extends SelectorProvider {
  /** A loop that has still work after so many turns never ends: a test has some hundred. */
  private static final int MOST_TURNS = 10_000;

  /** Linux begins there (net.ipv4.ip_local_port_range). */
  private static final int FIRST_PORT = 32_768;

  /** As large as the first buffer of a stream is on Linux (net.ipv4.tcp_rmem). */
  private static final int ROOM = 131_072;

  /** Files that may still be opened. */
  int filesLeft = Integer.MAX_VALUE;

  /** As some systems do it on loopback. */
  boolean connectsAtOnce;

  /** As on a system without IPv6, and an address of it. */
  boolean refusesAddressTypes;

  /** As on a system with a small net.core.rmem_max that does not silently take less. */
  boolean refusesOptions;

  /** The octets that a new end of a stream holds. */
  int room = ROOM;

  /** From these no answer comes. */
  final Set<SocketAddress> blackHoles = new HashSet<>();

  /** Addresses that the machine does not have. */
  final Set<InetAddress> missing = new HashSet<>();

  /** The next so many ports that a listener wants are taken. */
  int takenPorts;

  final Map<SocketAddress, Datagrams> datagrams = new HashMap<>(); // by local address
  final Map<SocketAddress, Listener> listeners = new HashMap<>(); // the same
  final List<Channel> opened = new ArrayList<>();
  final List<Polling> selectors = new ArrayList<>();
  private int ports = FIRST_PORT;

  /** Turns the loop until nothing is left to do. */
  void settle(ForwardLoop loop) throws IOException {
    Polling selector = selectors.get(0);
    int quiet = 0; // twice: what waits for room runs in a turn that nothing woke
    for (int turns = 0; quiet < 2; turns++) {
      if (turns > MOST_TURNS) {
        throw new AssertionError("the loop spins");
      }
      loop.turn();
      quiet = selector.wasQuiet ? quiet + 1 : 0;
    }
  }

  /** How many channels are open. */
  long openChannels() {
    return opened.stream().filter(Channel::isOpen).count();
  }

  private <T extends Channel> T open(T channel) throws IOException {
    if (filesLeft <= 0) {
      throw new SocketException("Too many open files");
    }
    filesLeft--;
    opened.add(channel);
    return channel;
  }

  private InetSocketAddress free(InetAddress at) {
    return new InetSocketAddress(at, ports++);
  }

  private InetSocketAddress toBind(SocketAddress wanted, Map<SocketAddress, ?> bound)
      throws IOException {
    InetSocketAddress local = (InetSocketAddress) wanted;
    if (missing.contains(local.getAddress())) {
      throw new BindException("Cannot assign requested address");
    }
    InetSocketAddress free = local.getPort() == 0 ? free(local.getAddress()) : local;
    if (bound.containsKey(free)) {
      throw new BindException("Address already in use");
    }
    return free;
  }

  private void check(SocketAddress remote) {
    if (refusesAddressTypes) {
      throw new UnsupportedAddressTypeException();
    }
    if (((InetSocketAddress) remote).isUnresolved()) {
      throw new java.nio.channels.UnresolvedAddressException();
    }
  }

  /** Connected, from a port of its own. */
  Stream connect(InetSocketAddress remote) throws IOException {
    Stream stream = openSocketChannel();
    stream.connect(remote);
    stream.finishConnect();
    return stream;
  }

  @Override
  public Polling openSelector() {
    Polling selector = new Polling(this);
    selectors.add(selector);
    return selector;
  }

  @Override
  public Stream openSocketChannel() throws IOException {
    return open(new Stream(this));
  }

  @Override
  public Listener openServerSocketChannel() throws IOException {
    return open(new Listener(this));
  }

  @Override
  public Datagrams openDatagramChannel() throws IOException {
    return open(new Datagrams(this));
  }

  @Override
  public DatagramChannel openDatagramChannel(ProtocolFamily family) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Pipe openPipe() {
    throw new UnsupportedOperationException();
  }

  /** The operations for which a channel is ready. */
  private interface Polled {
    int readyOps();
  }

  /** Its select never waits. */
  static final class Polling extends AbstractSelector {
    /** As long as the last select was to wait. */
    long timeoutMillis;

    /** Whether the last select found nothing, and was not woken. */
    boolean wasQuiet;

    private final Set<SelectionKey> keys = new LinkedHashSet<>();
    private final Set<SelectionKey> selected = new LinkedHashSet<>();
    private boolean woken;

    Polling(MemoryNetwork network) {
      super(network);
    }

    @Override
    public int select(long timeout) {
      timeoutMillis = timeout;
      return selectNow();
    }

    @Override
    public int select() {
      return select(0);
    }

    @Override
    public int selectNow() {
      checkIsOpen();
      forgetCancelled();
      for (SelectionKey key : keys) {
        Key one = (Key) key;
        one.ready = ((Polled) one.channel).readyOps() & one.interest;
        if (one.ready != 0) {
          selected.add(one);
        }
      }
      wasQuiet = selected.isEmpty() && !woken;
      woken = false;
      return selected.size();
    }

    private void forgetCancelled() {
      Set<SelectionKey> cancelled = cancelledKeys();
      for (SelectionKey key : cancelled) {
        keys.remove(key);
        selected.remove(key);
        deregister((AbstractSelectionKey) key);
      }
      cancelled.clear();
    }

    private void checkIsOpen() {
      if (!isOpen()) {
        throw new ClosedSelectorException();
      }
    }

    @Override
    protected SelectionKey register(AbstractSelectableChannel channel, int ops, Object attached) {
      checkIsOpen();
      Key key = new Key(this, channel);
      key.interestOps(ops);
      key.attach(attached);
      keys.add(key);
      return key;
    }

    @Override
    public Set<SelectionKey> keys() {
      checkIsOpen();
      return keys;
    }

    @Override
    public Set<SelectionKey> selectedKeys() {
      checkIsOpen();
      return selected;
    }

    @Override
    public Selector wakeup() {
      woken = true;
      return this;
    }

    @Override
    protected void implCloseSelector() {
      for (SelectionKey key : new ArrayList<>(keys)) {
        deregister((AbstractSelectionKey) key);
      }
    }
  }

  private static final class Key extends AbstractSelectionKey {
    private final Polling selector;
    private final AbstractSelectableChannel channel;
    private int interest;
    private int ready;

    Key(Polling selector, AbstractSelectableChannel channel) {
      this.selector = selector;
      this.channel = channel;
    }

    private void checkIsValid() {
      if (!isValid()) {
        throw new java.nio.channels.CancelledKeyException();
      }
    }

    @Override
    public AbstractSelectableChannel channel() {
      return channel;
    }

    @Override
    public Selector selector() {
      return selector;
    }

    @Override
    public int interestOps() {
      checkIsValid();
      return interest;
    }

    @Override
    public SelectionKey interestOps(int ops) {
      checkIsValid();
      if ((ops & ~channel.validOps()) != 0) {
        throw new IllegalArgumentException("operations " + ops);
      }
      interest = ops;
      return this;
    }

    @Override
    public int readyOps() {
      checkIsValid();
      return ready;
    }
  }

  /** One end of a TCP connection. */
  static final class Stream extends SocketChannel implements Polled {
    /** Octets that it holds until they are read. */
    int room;

    /** One read takes no more octets than this. */
    int atOnce = Integer.MAX_VALUE;

    /** How often the loop, or a test, has read it. */
    int reads;

    private final MemoryNetwork network;
    private final Deque<ByteBuffer> come = new ArrayDeque<>();
    private int held; // octets of them
    private Stream peer; // null: not connected
    private boolean pending;
    private InetSocketAddress local;
    private SocketAddress remote;
    private boolean ended; // the peer sends no more
    private boolean shut; // nothing more goes out
    private boolean reset;

    Stream(MemoryNetwork network) {
      super(network);
      this.network = network;
      this.room = network.room;
    }

    /** The octets that have come. */
    byte[] take() throws IOException {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      ByteBuffer buffer = ByteBuffer.allocate(ROOM);
      for (int length = read(buffer); length > 0; length = read(buffer.clear())) {
        all.write(buffer.array(), 0, length);
      }
      return all.toByteArray();
    }

    /** Whether nothing more comes, by the end or the reset of the other side. */
    boolean isAtEnd() throws IOException {
      try {
        return read(ByteBuffer.allocate(1)) < 0;
      } catch (SocketException hasReset) {
        return true;
      }
    }

    /** Whether the other side has closed its end of the connection. */
    boolean isClosedByPeer() {
      return !peer.isOpen();
    }

    /** The octets that the other side has not read. */
    int unreadByPeer() {
      return peer.held;
    }

    /** The room that the other side has for octets. */
    void peerHolds(int octets) {
      peer.room = octets;
    }

    /** The other side gets no more octets than this with one read. */
    void peerReadsAtOnce(int octets) {
      peer.atOnce = octets;
    }

    /** Breaks the connection off. */
    void abort() throws IOException {
      peer.reset = true;
      close();
    }

    @Override
    public boolean connect(SocketAddress to) throws IOException {
      network.check(to);
      remote = to;
      pending = true;
      return network.connectsAtOnce && finishConnect();
    }

    @Override
    public boolean finishConnect() throws IOException {
      checkIsOpen();
      if (peer != null) {
        return true;
      }
      if (!pending) {
        throw new NoConnectionPendingException();
      }
      if (network.blackHoles.contains(remote)) {
        return false;
      }
      Listener listener = network.listeners.get(remote);
      if (listener == null) {
        close(); // as the JDK's
        throw new ConnectException("Connection refused");
      }
      pending = false;
      local = network.free(((InetSocketAddress) remote).getAddress());
      peer = new Stream(network);
      peer.peer = this;
      peer.local = listener.local;
      peer.remote = local;
      listener.waiting.add(peer);
      return true;
    }

    private void checkIsOpen() throws IOException {
      if (!isOpen()) {
        throw new ClosedChannelException();
      }
    }

    private void checkIsConnected() throws IOException {
      checkIsOpen();
      if (peer == null) {
        throw new NotYetConnectedException();
      }
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      checkIsConnected();
      reads++;
      if (come.isEmpty()) {
        if (reset) {
          throw new SocketException("Connection reset");
        }
        return ended ? -1 : 0;
      }
      int length = 0;
      int most = Math.min(atOnce, into.remaining());
      while (length < most && !come.isEmpty()) {
        ByteBuffer first = come.peek();
        int part = Math.min(most - length, first.remaining());
        into.put(first.slice().limit(part));
        first.position(first.position() + part);
        length += part;
        if (!first.hasRemaining()) {
          come.remove();
        }
      }
      held -= length;
      return length;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
      checkIsConnected();
      if (shut) {
        throw new ClosedChannelException();
      }
      if (reset || !peer.isOpen()) {
        throw new SocketException("Broken pipe");
      }
      int length = Math.min(from.remaining(), Math.max(0, peer.room - peer.held));
      if (length > 0) {
        byte[] octets = new byte[length];
        from.get(octets);
        peer.come.add(ByteBuffer.wrap(octets));
        peer.held += length;
      }
      return length;
    }

    @Override
    public SocketChannel shutdownOutput() throws IOException {
      checkIsConnected();
      if (reset) {
        throw new SocketException("Transport endpoint is not connected");
      }
      shut = true;
      peer.ended = true;
      return this;
    }

    @Override
    protected void implCloseSelectableChannel() {
      if (peer != null) {
        peer.ended = true;
      }
    }

    @Override
    public int readyOps() {
      if (peer == null) {
        return pending && !network.blackHoles.contains(remote) ? SelectionKey.OP_CONNECT : 0;
      }
      boolean broken = reset || !peer.isOpen();
      return (held > 0 || ended || reset ? SelectionKey.OP_READ : 0)
          | (broken || peer.held < peer.room ? SelectionKey.OP_WRITE : 0);
    }

    @Override
    public InetSocketAddress getLocalAddress() {
      return local;
    }

    @Override
    public SocketAddress getRemoteAddress() throws IOException {
      checkIsOpen();
      return remote;
    }

    @Override
    public boolean isConnected() {
      return peer != null;
    }

    @Override
    public boolean isConnectionPending() {
      return pending;
    }

    @Override
    public long read(ByteBuffer[] into, int from, int count) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] from, int first, int count) {
      throw new UnsupportedOperationException();
    }

    @Override
    public SocketChannel bind(SocketAddress address) {
      throw new UnsupportedOperationException();
    }

    @Override
    public SocketChannel shutdownInput() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket socket() {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T> SocketChannel setOption(SocketOption<T> option, T value) {
      return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> option) {
      return null;
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
      return Set.of();
    }

    @Override
    protected void implConfigureBlocking(boolean block) {}
  }

  /** Takes connections. */
  static final class Listener extends ServerSocketChannel implements Polled {
    private final MemoryNetwork network;
    private final Deque<Stream> waiting = new ArrayDeque<>();
    private InetSocketAddress local;

    Listener(MemoryNetwork network) {
      super(network);
      this.network = network;
    }

    /** Connections that were not accepted yet. */
    int waiting() {
      return waiting.size();
    }

    @Override
    public ServerSocketChannel bind(SocketAddress wanted, int backlog) throws IOException {
      if (network.takenPorts > 0) {
        network.takenPorts--;
        throw new BindException("Address already in use");
      }
      local = network.toBind(wanted, network.listeners);
      network.listeners.put(local, this);
      return this;
    }

    @Override
    public Stream accept() throws IOException {
      if (!isOpen()) {
        throw new ClosedChannelException();
      }
      if (waiting.isEmpty()) {
        return null;
      }
      network.open(waiting.peek()); // without a file it keeps waiting
      return waiting.remove();
    }

    @Override
    public int readyOps() {
      return waiting.isEmpty() ? 0 : SelectionKey.OP_ACCEPT;
    }

    @Override
    protected void implCloseSelectableChannel() throws IOException {
      network.listeners.remove(local, this);
      for (Stream one : waiting) {
        one.close();
      }
    }

    @Override
    public InetSocketAddress getLocalAddress() {
      return local;
    }

    @Override
    public <T> ServerSocketChannel setOption(SocketOption<T> option, T value) {
      return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> option) {
      return null;
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
      return Set.of();
    }

    @Override
    public ServerSocket socket() {
      throw new UnsupportedOperationException();
    }

    @Override
    protected void implConfigureBlocking(boolean block) {}
  }

  /** A datagram, and from where it came. */
  static final class Packet {
    private final byte[] octets;
    private final InetSocketAddress from;

    Packet(byte[] octets, InetSocketAddress from) {
      this.octets = octets;
      this.from = from;
    }

    byte[] octets() {
      return octets;
    }

    InetSocketAddress from() {
      return from;
    }
  }

  /** A UDP socket. */
  static final class Datagrams extends DatagramChannel implements Polled {
    /** Datagrams that it holds until they are read; others are lost. */
    int room = Integer.MAX_VALUE;

    /** So many reads fail, by an ICMP message to a datagram that was sent before. */
    int refusals;

    /** Every datagram that it sends fails. */
    boolean cannotSend;

    final Map<SocketOption<?>, Object> options = new HashMap<>();
    private final MemoryNetwork network;
    private final Deque<Packet> come = new ArrayDeque<>();
    private InetSocketAddress local;
    private InetSocketAddress remote;

    Datagrams(MemoryNetwork network) {
      super(network);
      this.network = network;
    }

    /** Sends it to the address to which it is connected; lost when that has no room. */
    void send(byte[] octets) {
      deliver(octets, remote);
    }

    private void deliver(byte[] octets, SocketAddress to) {
      Datagrams receiver = network.datagrams.get(to);
      boolean accepts = receiver != null && receiver.come.size() < receiver.room;
      if (accepts && (receiver.remote == null || receiver.remote.equals(local))) {
        receiver.come.add(new Packet(octets, local));
      }
    }

    /** The next one that has come; null: none. */
    Packet next() {
      return come.poll();
    }

    /** How many have come and were not read. */
    int waiting() {
      return come.size();
    }

    private void checkIsOpen() throws IOException {
      if (!isOpen()) {
        throw new ClosedChannelException();
      }
    }

    @Override
    public Datagrams bind(SocketAddress wanted) throws IOException {
      local = network.toBind(wanted, network.datagrams);
      network.datagrams.put(local, this);
      return this;
    }

    @Override
    public Datagrams connect(SocketAddress to) throws IOException {
      checkIsOpen();
      network.check(to);
      if (local == null) {
        bind(new InetSocketAddress(((InetSocketAddress) to).getAddress(), 0));
      }
      remote = (InetSocketAddress) to;
      return this;
    }

    @Override
    public SocketAddress receive(ByteBuffer into) throws IOException {
      checkIsOpen();
      if (refusals > 0) {
        refusals--;
        throw new PortUnreachableException();
      }
      Packet next = come.poll();
      if (next == null) {
        return null;
      }
      into.put(next.octets, 0, Math.min(into.remaining(), next.octets.length)); // the rest is lost
      return next.from;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      int before = into.position();
      return receive(into) == null ? 0 : into.position() - before;
    }

    @Override
    public int send(ByteBuffer from, SocketAddress to) throws IOException {
      checkIsOpen();
      if (cannotSend) {
        throw new SocketException("Operation not permitted");
      }
      byte[] octets = new byte[from.remaining()];
      from.get(octets);
      deliver(octets, to);
      return octets.length;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
      return send(from, remote);
    }

    @Override
    public int readyOps() {
      return SelectionKey.OP_WRITE | (refusals > 0 || !come.isEmpty() ? SelectionKey.OP_READ : 0);
    }

    @Override
    protected void implCloseSelectableChannel() {
      network.datagrams.remove(local, this);
    }

    @Override
    public InetSocketAddress getLocalAddress() {
      return local;
    }

    @Override
    public SocketAddress getRemoteAddress() {
      return remote;
    }

    @Override
    public boolean isConnected() {
      return remote != null;
    }

    @Override
    public DatagramChannel disconnect() {
      remote = null;
      return this;
    }

    @Override
    public <T> DatagramChannel setOption(SocketOption<T> option, T value) throws IOException {
      if (network.refusesOptions) {
        throw new SocketException("No buffer space available");
      }
      options.put(option, value);
      return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> option) {
      return null;
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
      return Set.of();
    }

    @Override
    public DatagramSocket socket() {
      throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] into, int from, int count) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] from, int first, int count) {
      throw new UnsupportedOperationException();
    }

    @Override
    public MembershipKey join(InetAddress group, NetworkInterface at) {
      throw new UnsupportedOperationException();
    }

    @Override
    public MembershipKey join(InetAddress group, NetworkInterface at, InetAddress source) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected void implConfigureBlocking(boolean block) {}
  }
}
