/** {@code pins}, before servers that are trusted and servers that are not. */
package io.github.dotagent.it.command.pins;
