/** The route of each name, with a witness at every place that could see it. */
package io.github.dotagent.it.names;
