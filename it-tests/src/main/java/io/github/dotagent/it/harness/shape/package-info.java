/** The scripted server's responses: every shape that a server is known, or likely, to send. */
package io.github.dotagent.it.harness.shape;
