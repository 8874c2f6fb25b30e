/** {@code doctor}, with good and with faulty servers and settings. */
package io.github.dotagent.it.command.doctor;
