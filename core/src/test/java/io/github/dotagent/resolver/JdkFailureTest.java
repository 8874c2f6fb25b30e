package io.github.dotagent.resolver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.dotagent.answer.LookupFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The exceptions that a program gets, and may send to a JVM without our classes. */
class JdkFailureTest {
  private final Throwable cause =
      new IllegalStateException("connection lost", new SocketException("Connection reset"));
  private final LookupFailure failure =
      LookupFailure.of(
          List.of(new LookupFailure.Attempt("x", LookupFailure.Kind.UNREACHABLE, "gone", cause)));

  @Test
  void saysTheSame() {
    Throwable copy = JdkFailure.of(failure);
    assertEquals(IOException.class, copy.getClass());
    assertEquals("no answer over TLS: x gone", copy.getMessage());
    assertArrayEquals(failure.getStackTrace(), copy.getStackTrace());
    Throwable attempt = copy.getSuppressed()[0];
    assertEquals("java.lang.IllegalStateException: connection lost", attempt.getMessage());
    assertEquals("java.net.SocketException: Connection reset", attempt.getCause().getMessage());
  }

  @Test
  void ofNoneIsNone() {
    assertNull(JdkFailure.of(null));
  }

  @Test
  void anExceptionWithoutAMessageIsShownByItsName() {
    assertEquals(
        "java.util.concurrent.TimeoutException",
        JdkFailure.of(new TimeoutException()).getMessage());
  }

  @Test
  void isReadWhereOurClassesAreUnknown() throws IOException, ClassNotFoundException {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(octets)) {
      out.writeObject(JdkFailure.of(failure));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(octets.toByteArray())) {
          @Override
          protected Class<?> resolveClass(ObjectStreamClass description)
              throws IOException, ClassNotFoundException {
            return Class.forName(description.getName(), false, null);
          }
        }) {
      assertEquals("no answer over TLS: x gone", ((Throwable) in.readObject()).getMessage());
    }
  }
}
