/**
 * Where the agent takes lookups from the JDK, one hook for each age of it, and the few places that
 * reach into the JDK. Installed by {@code install} during premain or an attach.
 */
package io.github.dotagent.agent.hook;
