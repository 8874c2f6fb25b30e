/**
 * The words in which the steps of a lookup speak to each other: a question, its answer or failure,
 * and the one port between them. Imports nothing but {@code java.*}.
 */
package io.github.dotagent.answer;
