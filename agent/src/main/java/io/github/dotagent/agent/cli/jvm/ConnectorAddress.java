package io.github.dotagent.agent.cli.jvm;

import io.github.dotagent.net.AddressLiteral;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectStreamConstants;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * The address at which a JVM serves its MBeans to its own machine, as the JDK's local connector
 * writes it: {@code service:jmx:rmi://127.0.0.1/stub/} and a serialised stub. That JVM may be
 * hostile: the text is parsed octet by octet, and only the port and the number of the object are
 * used. No object is made from it, and no name is looked up. Immutable.
 */
final class ConnectorAddress {
  private static final String SCHEME = "service:jmx:rmi://";

  /**
   * The path of RMIConnector. With {@code /jndi/} the other JVM could make this command ask any
   * server.
   */
  private static final String STUB = "/stub/";

  /** The JDK's own has 350 to 500 characters. */
  private static final int LONGEST = 2_000;

  private static final String REMOTE_OBJECT = "java.rmi.server.RemoteObject";

  /** The serial versions of the classes, as each class declares its own. */
  private static final long REMOTE_OBJECT_VERSION = -3215090123894869218L;

  // the serialVersionUID of the JDK's classes: part of their serialized form
  private static final long REMOTE_STUB_VERSION = -1585587260594494182L;
  private static final long PROXY_VERSION = -2222568056686623797L;
  private static final long STUB_VERSION = 2;
  private static final long HANDLER_VERSION = 2;

  /** The stub, up to the part with its address. */
  private static final byte[][] STUBS = {stub(), proxy()};

  /**
   * RemoteRef in the serialised form of RemoteObject: without and with a socket factory's place.
   */
  private static final String PLAIN = "UnicastRef";

  private static final String WITH_FACTORY = "UnicastRef2";

  /** In that place: none. */
  private static final int NO_FACTORY = 0;

  private static final int LARGEST_PORT = 0xffff; // RFC 9293 §3.1: 16 bits

  private final int port;
  private final long object;
  private final int unique;
  private final long time;
  private final short count;

  private ConnectorAddress(DataInputStream data) throws IOException {
    this.port = data.readInt();
    this.object = data.readLong(); // java.rmi.server.ObjID
    this.unique = data.readInt(); // from here on java.rmi.server.UID
    this.time = data.readLong();
    this.count = data.readShort();
  }

  /**
   * @param text null: the JVM has no address
   * @throws IOException when the JDK does not write such an address
   */
  static ConnectorAddress of(String text) throws IOException {
    if (text == null || text.length() > LONGEST || !text.startsWith(SCHEME)) {
      throw none();
    }
    int path = text.indexOf('/', SCHEME.length());
    if (path < 0 || !isLoopback(text.substring(SCHEME.length(), path))) {
      throw none();
    }
    if (!text.startsWith(STUB, path)) {
      throw none();
    }
    try {
      return ofStub(Base64.getDecoder().decode(text.substring(path + STUB.length())));
    } catch (IllegalArgumentException | IOException noBase64OrTooShort) {
      throw none();
    }
  }

  /** The host as a literal, because a name would have to be looked up. */
  private static boolean isLoopback(String host) {
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    Optional<InetAddress> address =
        AddressLiteral.parse(bracketed ? host.substring(1, host.length() - 1) : host);
    return address.isPresent() && address.get().isLoopbackAddress();
  }

  /** The Object Serialization Stream Protocol, and the serialised form of RemoteObject. */
  private static ConnectorAddress ofStub(byte[] octets) throws IOException {
    for (byte[] stub : STUBS) {
      if (octets.length > stub.length && Arrays.equals(stub, Arrays.copyOf(octets, stub.length))) {
        return ofReference(
            new ByteArrayInputStream(octets, stub.length, octets.length - stub.length));
      }
    }
    throw none();
  }

  private static ConnectorAddress ofReference(ByteArrayInputStream all) throws IOException {
    DataInputStream data = new DataInputStream(all);
    require(data.readByte() == ObjectStreamConstants.TC_BLOCKDATA);
    require(data.readUnsignedByte() == all.available() - 1); // the block's length
    String reference = data.readUTF();
    require(reference.equals(PLAIN) || reference.equals(WITH_FACTORY));
    require(reference.equals(PLAIN) || data.readByte() == NO_FACTORY);
    data.readUTF(); // the host: always this machine, by any name
    ConnectorAddress address = new ConnectorAddress(data);
    require(address.port > 0 && address.port <= LARGEST_PORT);
    data.readBoolean(); // whether it is the result of a call
    require(data.readByte() == ObjectStreamConstants.TC_ENDBLOCKDATA);
    require(all.available() == 0);
    return address;
  }

  private static void require(boolean asTheJdkWritesIt) throws IOException {
    if (!asTheJdkWritesIt) {
      throw none();
    }
  }

  private static IOException none() {
    return new IOException("the address of its MBeans is not one that a JDK makes");
  }

  /** A new text for the same object: at 127.0.0.1, without any other part of the given text. */
  String url() {
    byte[] reference = written(this::writeReference);
    byte[] all =
        written(
            data -> {
              data.write(STUBS[0]);
              data.writeByte(ObjectStreamConstants.TC_BLOCKDATA);
              data.writeByte(reference.length);
              data.write(reference);
              data.writeByte(ObjectStreamConstants.TC_ENDBLOCKDATA);
            });
    return SCHEME + "127.0.0.1" + STUB + Base64.getEncoder().encodeToString(all);
  }

  /** As most Javas write it. */
  private static byte[] stub() {
    return written(
        data -> {
          writeBeginning(data);
          writeClass(data, "javax.management.remote.rmi.RMIServerImpl_Stub", STUB_VERSION);
          writeClass(data, "java.rmi.server.RemoteStub", REMOTE_STUB_VERSION);
          writeRemoteObject(data);
        });
  }

  /** As Java 8 does: a java.lang.reflect.Proxy, with its handler. */
  private static byte[] proxy() {
    return written(
        data -> {
          writeBeginning(data);
          data.writeByte(ObjectStreamConstants.TC_PROXYCLASSDESC);
          data.writeInt(1); // interface
          data.writeUTF("javax.management.remote.rmi.RMIServer");
          data.writeByte(ObjectStreamConstants.TC_ENDBLOCKDATA);
          data.writeByte(ObjectStreamConstants.TC_CLASSDESC);
          data.writeUTF("java.lang.reflect.Proxy");
          data.writeLong(PROXY_VERSION);
          data.writeByte(ObjectStreamConstants.SC_SERIALIZABLE);
          data.writeShort(1); // field
          data.writeByte('L');
          data.writeUTF("h");
          data.writeByte(ObjectStreamConstants.TC_STRING);
          data.writeUTF("Ljava/lang/reflect/InvocationHandler;");
          data.writeByte(ObjectStreamConstants.TC_ENDBLOCKDATA);
          data.writeByte(ObjectStreamConstants.TC_NULL);
          data.writeByte(ObjectStreamConstants.TC_OBJECT);
          writeClass(data, "java.rmi.server.RemoteObjectInvocationHandler", HANDLER_VERSION);
          writeRemoteObject(data);
        });
  }

  private static void writeBeginning(DataOutputStream data) throws IOException {
    data.writeShort(ObjectStreamConstants.STREAM_MAGIC);
    data.writeShort(ObjectStreamConstants.STREAM_VERSION);
    data.writeByte(ObjectStreamConstants.TC_OBJECT);
  }

  /** A class without fields. */
  private static void writeClass(DataOutputStream data, String name, long version)
      throws IOException {
    writeClass(data, name, version, ObjectStreamConstants.SC_SERIALIZABLE);
  }

  private static void writeClass(DataOutputStream data, String name, long version, int flags)
      throws IOException {
    data.writeByte(ObjectStreamConstants.TC_CLASSDESC);
    data.writeUTF(name);
    data.writeLong(version);
    data.writeByte(flags);
    data.writeShort(0); // fields
    data.writeByte(ObjectStreamConstants.TC_ENDBLOCKDATA);
  }

  /** What both extend; it writes a part by itself. */
  private static void writeRemoteObject(DataOutputStream data) throws IOException {
    writeClass(
        data,
        REMOTE_OBJECT,
        REMOTE_OBJECT_VERSION,
        ObjectStreamConstants.SC_SERIALIZABLE | ObjectStreamConstants.SC_WRITE_METHOD);
    data.writeByte(ObjectStreamConstants.TC_NULL);
  }

  private void writeReference(DataOutputStream data) throws IOException {
    data.writeUTF(PLAIN);
    data.writeUTF("127.0.0.1");
    data.writeInt(port);
    data.writeLong(object);
    data.writeInt(unique);
    data.writeLong(time);
    data.writeShort(count);
    data.writeBoolean(false);
  }

  /** A part of the stream. */
  private interface Part {
    void write(DataOutputStream data) throws IOException;
  }

  private static byte[] written(Part part) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try {
      part.write(new DataOutputStream(octets));
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    return octets.toByteArray();
  }
}
