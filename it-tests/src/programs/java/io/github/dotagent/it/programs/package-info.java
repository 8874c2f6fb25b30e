/**
 * Programs that tests run in child JVMs, on Java 8 and newer. They know the JDK alone, so that the
 * agent meets them as it meets any program.
 *
 * <p>Each is driven by its arguments or by lines on stdin, and answers on stdout.
 */
package io.github.dotagent.it.programs;
