/**
 * Small servers on loopback that programs of tests connect to by name.
 *
 * <p>Each has a thread of its own, and is closed by the test.
 */
package io.github.dotagent.it.harness.web;
