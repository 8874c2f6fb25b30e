/** Benchmarks: both sides in one run, in turn, medians of several. Nothing here is a test. */
package io.github.dotagent.it.bench;
