/** The command line of the real jar. */
package io.github.dotagent.it.command;
