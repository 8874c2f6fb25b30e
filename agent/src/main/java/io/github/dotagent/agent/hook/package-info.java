/** The ways into a JVM's lookups, one for each age of the JDK. */
package io.github.dotagent.agent.hook;
