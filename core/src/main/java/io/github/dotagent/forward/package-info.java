/**
 * DNS that a library of the program's does for itself, past {@code InetAddress}: for each server it
 * asks there is a stand-in on loopback (RFC 9499 §6: a forwarder), which sends the queries over
 * TLS. Sees {@code wire}, {@code watch} and {@code support}.
 */
package io.github.dotagent.forward;
