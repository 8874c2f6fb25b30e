/** OpenJDK's own tests, with the agent and without. */
package io.github.dotagent.it.openjdk;
