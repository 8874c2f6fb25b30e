/**
 * Installed for certain: whatever else is in the JVM, every lookup goes to the server, and what the
 * program does is as it was.
 */
package io.github.dotagent.it.install;
