/**
 * DNS over TLS (RFC 7858): connections, frames, ids, and what happens when a connection goes away.
 * Messages are octets here; what they say is {@code wire}'s to know.
 */
package io.github.dotagent.dot;
