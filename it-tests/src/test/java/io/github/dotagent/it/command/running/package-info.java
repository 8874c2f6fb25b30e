/** The commands that reach into a JVM which runs: attach, status, flush. */
package io.github.dotagent.it.command.running;
