/** Draws the pictures of the documentation from what the documentation says. */
package io.github.dotagent.it.pictures;
