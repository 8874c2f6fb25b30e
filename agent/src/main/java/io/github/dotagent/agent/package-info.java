/**
 * The part of the agent that an application can see: its entry, the isolated loader, the command
 * line.
 *
 * <p>THESE CLASSES ARE LOADED BY THE SYSTEM CLASS LOADER, in premain, before the program. They use
 * {@code java.*} and each other and nothing else; no lambda, no logging, no dependency. Everything
 * more lives in the isolated loader.
 */
package io.github.dotagent.agent;
