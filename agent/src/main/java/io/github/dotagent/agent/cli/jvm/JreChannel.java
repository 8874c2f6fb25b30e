package io.github.dotagent.agent.cli.jvm;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/**
 * The Attach API for a JRE of Java 8 on Linux, which lacks it. It speaks HotSpot's own protocol
 * over the JVM's Unix socket (attachListener.hpp). A request is the version, a command and three
 * arguments, each with a zero octet after it. The answer is a line with a number, 0 for success,
 * and then the output.
 */
final class JreChannel implements AttachChannel {
  /**
   * The version of the protocol, and the number of arguments of each command (attachListener.hpp of
   * HotSpot).
   */
  private static final String VERSION = "1";

  private static final int ARGUMENTS = 3; // HotSpot's AttachListener always reads three
  private static final String DONE = "0";

  /**
   * The words with which a JVM of Java 9 or newer reports that it has loaded an agent; Java 8 sends
   * a number.
   */
  private static final String RETURN_CODE = "return code: ";

  /**
   * The JDK's instrument library returns this for a jar that it cannot use (InvocationAdapter.c).
   */
  private static final String BAD_JAR = "100";

  private final String socket;

  private JreChannel(String socket) {
    this.socket = socket;
  }

  /** Starts the JVM's attach listener if it does not run yet. */
  static JreChannel to(TargetProcess process) throws Exception {
    return new JreChannel(JvmListener.socketOf(process));
  }

  @Override
  public void loadAgent(String jar, String argument) throws IOException {
    String said = ask("load", "instrument", "false", jar + "=" + argument).trim();
    String code = said.startsWith(RETURN_CODE) ? said.substring(RETURN_CODE.length()) : said;
    if (code.equals(BAD_JAR)) {
      throw new IOException("Agent JAR not found or no Agent-Class attribute");
    }
    if (!code.equals(DONE)) {
      throw new IOException(said);
    }
  }

  @Override
  public Properties systemProperties() throws IOException {
    return properties(ask("properties"));
  }

  @Override
  public Properties agentProperties() throws IOException {
    return properties(ask("agentProperties"));
  }

  private static Properties properties(String text) throws IOException {
    Properties properties = new Properties();
    InputStream octets = new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    properties.load(octets); // other characters are escaped in it
    return properties;
  }

  @Override
  public void startManagement() throws IOException {
    ask("jcmd", "ManagementAgent.start_local");
  }

  /** Each request has a connection of its own. */
  @Override
  public void detach() {}

  private String ask(String command, String... arguments) throws IOException {
    try (JvmSocket connection = JvmSocket.to(socket)) {
      connection.write(request(command, arguments));
      return answer(connection.readAll());
    }
  }

  /** In UTF-8, as the JDK's own classes have it. */
  static byte[] request(String command, String... arguments) {
    StringBuilder request = new StringBuilder();
    request.append(VERSION).append('\0').append(command).append('\0');
    for (int i = 0; i < ARGUMENTS; i++) {
      request.append(i < arguments.length ? arguments[i] : "").append('\0');
    }
    return request.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The output of the command.
   *
   * @throws IOException if the command failed; the message has the reason that the JVM gave, if any
   */
  static String answer(byte[] octets) throws IOException {
    String text = new String(octets, StandardCharsets.ISO_8859_1);
    int line = text.indexOf('\n');
    String code = line < 0 ? text : text.substring(0, line);
    String said = line < 0 ? "" : text.substring(line + 1);
    if (!code.equals(DONE)) {
      throw new IOException(said.trim().isEmpty() ? "it answers " + code : said.trim());
    }
    return said;
  }
}
