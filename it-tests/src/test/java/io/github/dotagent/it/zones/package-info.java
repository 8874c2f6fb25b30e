/** Zones: which server is asked for which name, what it is believed, and who it has to be. */
package io.github.dotagent.it.zones;
