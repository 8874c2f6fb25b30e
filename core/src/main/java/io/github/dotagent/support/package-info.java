/** What every step stands on: time, threads, the log, literal addresses. Imports no other step. */
package io.github.dotagent.support;
