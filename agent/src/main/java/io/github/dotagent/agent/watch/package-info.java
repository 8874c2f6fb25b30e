/** Joins what the program has to be watched with, and wakes nothing that it has not woken. */
package io.github.dotagent.agent.watch;
