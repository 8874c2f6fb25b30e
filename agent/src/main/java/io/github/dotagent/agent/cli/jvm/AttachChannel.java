package io.github.dotagent.agent.cli.jvm;

import java.util.Properties;

/** The requests to a JVM that is attached to. Any call may hang. For one thread. */
interface AttachChannel {
  /** Loads an agent in a jar, and returns when its {@code agentmain} has. */
  void loadAgent(String jar, String argument) throws Exception;

  Properties systemProperties() throws Exception;

  /** Those that the JVM keeps for processes that attach to it. */
  Properties agentProperties() throws Exception;

  /** Starts what serves MBeans to this machine; where, is in the {@link #agentProperties}. */
  void startManagement() throws Exception;

  void detach() throws Exception;
}
