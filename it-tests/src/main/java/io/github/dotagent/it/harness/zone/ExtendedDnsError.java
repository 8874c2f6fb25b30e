package io.github.dotagent.it.harness.zone;

/**
 * Why a server failed (RFC 8914 §2).
 *
 * @param code INFO-CODE, for instance 6 "DNSSEC Bogus", 22 "No Reachable Authority"
 * @param text EXTRA-TEXT, may be empty
 */
public record ExtendedDnsError(int code, String text) {}
