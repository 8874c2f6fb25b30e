/**
 * Literal addresses and their text (RFC 5952), socket options, foreign text made fit for a
 * terminal, and the mark of the few calls that may look a name up.
 *
 * <p>Stateless. Opens nothing.
 */
package io.github.dotagent.net;
