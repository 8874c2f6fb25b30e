/**
 * Puts the steps of a lookup together and hands out what others see of them: {@link
 * io.github.dotagent.DotCore}, and its status.
 *
 * <p>The agent calls it, and no other package of the core. Made on the thread that installs the
 * agent; its methods serve any number of threads, and what it starts runs on threads of the agent.
 * The settings in force are replaced as a whole, without a lock; only the wishes to read the
 * settings' files have a monitor, and no file is read under it.
 */
package io.github.dotagent;
