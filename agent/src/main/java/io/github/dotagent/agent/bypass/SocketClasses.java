package io.github.dotagent.agent.bypass;

/**
 * The classes of the JDK to patch, by their names in class files. NO COLLECTION, no lambda, nothing
 * that loads a class: this runs while the JVM loads any class, perhaps that one, and would then end
 * in a ClassCircularityError.
 */
final class SocketClasses {
  private SocketClasses() {}

  /** DNS over UDP needs these; a program that loads none of them has no other resolver. */
  static boolean isDatagrams(String name) {
    switch (name) {
      case "java/net/DatagramSocket":
      case "java/net/MulticastSocket":
      case "sun/nio/ch/DatagramSocketAdaptor":
      case "sun/nio/ch/DatagramChannelImpl":
        return true;
      default:
        return false;
    }
  }

  /** Whether a class may have no method to patch; for any other class that is a failure. */
  static boolean mayHaveNothing(String name) {
    return name.equals("java/net/MulticastSocket") || isManaged(name); // from Java 26 on, and 24
  }

  /** These check permissions for Socket and AsynchronousSocketChannelImpl, and do nothing else. */
  static boolean isManaged(String name) {
    return name.equals("java/net/SocksSocketImpl")
        || name.equals("sun/nio/ch/UnixAsynchronousSocketChannelImpl")
        || name.equals("sun/nio/ch/WindowsAsynchronousSocketChannelImpl");
  }

  /**
   * DNS over TCP needs these, after a response that was too long; every program loads some of them.
   *
   * @return one bit, different for each of them; zero for any other class
   */
  static int streamBit(String name) {
    switch (name) {
      case "java/net/Socket":
        return 1;
      case "sun/nio/ch/SocketAdaptor":
        return 1 << 1;
      case "sun/nio/ch/SocketChannelImpl":
        return 1 << 2;
      case "sun/nio/ch/AsynchronousSocketChannelImpl":
        return 1 << 3;
      case "java/net/SocksSocketImpl":
        return 1 << 4;
      case "sun/nio/ch/UnixAsynchronousSocketChannelImpl":
        return 1 << 5;
      case "sun/nio/ch/WindowsAsynchronousSocketChannelImpl":
        return 1 << 6;
      default:
        return 0;
    }
  }
}
