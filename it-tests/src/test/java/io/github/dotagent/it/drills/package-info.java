/**
 * Faults as an operator meets them, each from its beginning to its repair: the log, {@code status},
 * {@code doctor} and the alarms at each step, held line by line.
 */
package io.github.dotagent.it.drills;
