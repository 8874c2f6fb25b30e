/**
 * {@code mode=observe}: compares what the program is told by the system resolver with what it would
 * be told over TLS, in the background, and sums it up.
 */
package io.github.dotagent.observe;
