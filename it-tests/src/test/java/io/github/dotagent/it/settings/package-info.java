/** Settings that change while the program runs. */
package io.github.dotagent.it.settings;
