/**
 * Reads the user's settings into immutable values, or names the mistake in one line.
 *
 * <p>{@link io.github.dotagent.config.ConfigLoader} is the way in, {@link
 * io.github.dotagent.config.SettingKey} the list of settings.
 *
 * <p>The agent and {@code DotCore} call it, on the thread that installs the agent; later {@code
 * FollowedSettings}, on the thread that follows the files. Values are immutable. No lock. A file is
 * read on a thread of its own, because a disk may never answer.
 *
 * <p>THIS CODE RUNS BEFORE THE APPLICATION'S MAIN METHOD, ON JAVA 8 TO 27. It must not use lambdas,
 * method references, streams, regular expressions, {@code String.format} or a switch over an enum:
 * the first lambda of a JVM costs tens of milliseconds, the others load classes that many programs
 * never need. Plain loops do. {@code StartUpCostTest} holds this.
 */
package io.github.dotagent.config;
