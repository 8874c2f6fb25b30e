package io.github.dotagent.dot;

/**
 * A queue whose links are fields of its elements, so that neither adding nor taking needs memory.
 * The JDK's queues lose elements if they cannot grow. Not safe for use by several threads.
 *
 * @param <E> each is in one queue at most
 */
final class IntrusiveQueue<E extends IntrusiveQueue.Element<E>> {
  /** The link in an element. */
  abstract static class Element<E> {
    private E next;
    private boolean linked;
  }

  private E first;
  private E last;

  boolean isEmpty() {
    return first == null;
  }

  E first() {
    return first;
  }

  /** The element behind this one; null when it is the last. */
  E after(E element) {
    Element<E> link = element;
    return link.next;
  }

  /** Does nothing with one that is in the queue. */
  void addLast(E element) {
    Element<E> link = element;
    if (link.linked) {
      return;
    }
    link.linked = true;
    link.next = null;
    Element<E> before = last;
    if (first != null && before != null) {
      before.next = element;
    }
    last = element; // before first: a thread may be stopped between any two steps (Thread.stop)
    if (first == null || before == null) {
      first = element;
    }
  }

  void addFirst(E element) {
    Element<E> link = element;
    if (link.linked) {
      return;
    }
    link.linked = true;
    link.next = first;
    if (first == null) {
      last = element;
    }
    first = element;
  }

  /** Null when there is none. */
  E poll() {
    E taken = first;
    if (taken != null) {
      Element<E> link = taken;
      first = link.next;
      if (first == null) {
        last = null; // otherwise the queue would keep it alive
      }
      link.next = null;
      link.linked = false;
    }
    return taken;
  }

  /** False if the element is not in the queue. */
  boolean remove(E element) {
    E before = null;
    for (E e = first; e != null; e = after(e)) {
      if (e == element) {
        Element<E> link = element;
        if (last == element) {
          last = before; // first: a new element must go behind one that is in the queue
        }
        if (before == null) {
          first = link.next;
        } else {
          Element<E> previous = before;
          previous.next = link.next;
        }
        link.next = null;
        link.linked = false;
        return true;
      }
      before = e;
    }
    return false;
  }

  int size() {
    int size = 0;
    for (E e = first; e != null; e = after(e)) {
      size++;
    }
    return size;
  }
}
