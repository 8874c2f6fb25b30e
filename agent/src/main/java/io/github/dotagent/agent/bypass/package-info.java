/**
 * DNS that a library of the program's does for itself: the JDK's sockets are patched once the
 * program uses such, so that what goes to port 53 goes to a stand-in of the forwarder's.
 */
package io.github.dotagent.agent.bypass;
