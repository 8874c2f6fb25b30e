/**
 * What a program under load tells, and faults that come at random, by a seed.
 *
 * <p>Each for one thread.
 */
package io.github.dotagent.it.harness.load;
