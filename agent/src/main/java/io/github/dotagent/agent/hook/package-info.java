/**
 * The hooks that take lookups from the JDK, one for Java 8 to 17 and one for 18 and newer, and the
 * few places that reach into the JDK. Installed by {@code install} during premain or an attach.
 */
package io.github.dotagent.agent.hook;
