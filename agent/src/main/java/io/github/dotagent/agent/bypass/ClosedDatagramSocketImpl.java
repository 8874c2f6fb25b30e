package io.github.dotagent.agent.bypass;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocketImpl;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketException;

/**
 * The implementation of a DatagramSocket that is closed before its first use. It has no descriptor,
 * and sends and receives nothing.
 */
final class ClosedDatagramSocketImpl extends DatagramSocketImpl {
  private static IOException none() {
    return new SocketException("this socket is closed");
  }

  @Override
  protected void create() {}

  @Override
  protected void bind(int port, InetAddress address) throws SocketException {
    throw new SocketException("this socket is closed");
  }

  @Override
  protected void send(DatagramPacket packet) throws IOException {
    throw none();
  }

  @Override
  protected int peek(InetAddress address) throws IOException {
    throw none();
  }

  @Override
  protected int peekData(DatagramPacket packet) throws IOException {
    throw none();
  }

  @Override
  protected void receive(DatagramPacket packet) throws IOException {
    throw none();
  }

  @Deprecated
  @Override
  protected void setTTL(byte ttl) throws IOException {
    throw none();
  }

  @Deprecated
  @Override
  protected byte getTTL() throws IOException {
    throw none();
  }

  @Override
  protected void setTimeToLive(int ttl) throws IOException {
    throw none();
  }

  @Override
  protected int getTimeToLive() throws IOException {
    throw none();
  }

  @Override
  protected void join(InetAddress group) throws IOException {
    throw none();
  }

  @Override
  protected void leave(InetAddress group) throws IOException {
    throw none();
  }

  @Override
  protected void joinGroup(SocketAddress group, NetworkInterface on) throws IOException {
    throw none();
  }

  @Override
  protected void leaveGroup(SocketAddress group, NetworkInterface on) throws IOException {
    throw none();
  }

  @Override
  protected void close() {}

  @Override
  protected FileDescriptor getFileDescriptor() {
    return null;
  }

  @Override
  public void setOption(int option, Object value) throws SocketException {
    throw new SocketException("this socket is closed");
  }

  @Override
  public Object getOption(int option) throws SocketException {
    throw new SocketException("this socket is closed");
  }
}
