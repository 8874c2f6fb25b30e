/**
 * Connections to servers that prove who they are (RFC 8310): chain, name, pins. Imports no other
 * step of a lookup.
 */
package io.github.dotagent.tls;
