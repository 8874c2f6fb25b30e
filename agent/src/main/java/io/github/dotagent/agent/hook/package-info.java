/**
 * The hooks that take lookups from the JDK, one for Java 8 to 17 and one for 18 and newer, and the
 * few places that reach into the JDK.
 *
 * <p>{@code install} puts them in place, on its thread. Lookups pass on any thread of the program,
 * perhaps with a lock of the JDK: no lock of the agent, no lambda.
 */
package io.github.dotagent.agent.hook;
