/**
 * The part of the agent that an application can see: its entry, the isolated loader, the command
 * line.
 *
 * <p>THESE CLASSES ARE LOADED BY THE SYSTEM CLASS LOADER, in premain, before the program. They use
 * only {@code java.*} and each other; no lambda, no logging, no dependency. All other classes are
 * in the isolated loader. The JVM calls them, on the thread of premain, of an attach or of {@code
 * main}. Their locks are that of {@code AgentPremain}, held for an assignment, and that of a class
 * while it is loaded.
 */
package io.github.dotagent.agent;
