/**
 * What reads octets or text from outside, fed with octets that nobody has thought of: with those of
 * the corpus in every build, with those that Jazzer finds in the profile {@code fuzz}. Compiled
 * with the tests of core and of agent; what it knows of Jazzer is the form of two methods.
 */
package io.github.dotagent.fuzz;
