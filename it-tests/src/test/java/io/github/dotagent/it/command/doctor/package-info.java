/** {@code doctor}, before what is well and what is not. */
package io.github.dotagent.it.command.doctor;
