/**
 * What this machine's own files say of names: the hosts file, and the search list of
 * resolv.conf(5).
 *
 * <p>{@code resolver} calls it, on the thread of the program, which waits for the first reading
 * within its {@link io.github.dotagent.concurrent.WaitBudget}; a command reads a file once with
 * {@link io.github.dotagent.resolver.files.NameFiles}. Each check of a file, and the reading, is a
 * thread of the agent, one at a time for each file. No lock: the content is replaced as a whole.
 */
package io.github.dotagent.resolver.files;
