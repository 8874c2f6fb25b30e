/** The files of {@code examples/}, each with a checker of its field. */
package io.github.dotagent.it.examples;
