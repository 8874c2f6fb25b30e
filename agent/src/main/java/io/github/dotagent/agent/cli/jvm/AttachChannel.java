package io.github.dotagent.agent.cli.jvm;

import java.util.Properties;

/** The requests to an attached JVM. Any call may hang. For one thread. */
interface AttachChannel {
  /** Loads an agent in a jar, and returns when its {@code agentmain} has. */
  void loadAgent(String jar, String argument) throws Exception;

  Properties systemProperties() throws Exception;

  /** The properties that the JVM keeps for processes that attach to it. */
  Properties agentProperties() throws Exception;

  /**
   * Starts the connector that serves MBeans to this machine; its address is in the {@link
   * #agentProperties}.
   */
  void startManagement() throws Exception;

  void detach() throws Exception;
}
