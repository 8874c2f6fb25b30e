/**
 * What reads octets or text from outside, fed with octets of every kind: those of the corpus in
 * every build, those that Jazzer finds in the profile {@code fuzz}. Compiled with the tests of core
 * and of agent; what it knows of Jazzer is the form of two methods.
 */
package io.github.dotagent.fuzz;
