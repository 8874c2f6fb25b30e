/**
 * The values that the steps of a lookup exchange: a question, its answer, its failure, and the one
 * interface between the steps, {@link io.github.dotagent.answer.Lookup}. The cache decorates it,
 * the upstream pool implements it.
 *
 * <p>Each step of a lookup may use it. It imports {@code java.*}, {@code net} and {@code
 * concurrent} only. Values are immutable; a {@code Lookup} serves any number of threads and never
 * blocks. No lock.
 */
package io.github.dotagent.answer;
