package io.github.dotagent.dot;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What an object keeps in memory, through the fields of our own classes, arrays, collections and
 * atomic references.
 */
final class Reachable {
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> next = new ArrayDeque<>();

  private Reachable() {}

  /**
   * The objects of exactly that class.
   *
   * @param without what is not looked into
   */
  static <T> List<T> from(Object root, Class<T> type, Object... without) {
    Reachable all = new Reachable();
    Collections.addAll(all.seen, without);
    all.add(root);
    List<T> found = new ArrayList<>();
    while (!all.next.isEmpty()) {
      Object one = all.next.poll();
      if (one.getClass() == type) {
        found.add(type.cast(one));
      }
      all.lookInto(one);
    }
    return found;
  }

  private void add(Object object) {
    if (object != null && seen.add(object)) {
      next.add(object);
    }
  }

  private void lookInto(Object object) {
    if (object instanceof Object[] array) {
      for (Object each : array) {
        add(each);
      }
    } else if (object instanceof Collection<?> collection) {
      for (Object each : collection.toArray()) {
        add(each);
      }
    } else if (object instanceof AtomicReference<?> reference) {
      add(reference.get());
    } else {
      for (Class<?> type = object.getClass(); isOurs(type); type = type.getSuperclass()) {
        lookInto(object, type);
      }
    }
  }

  private static boolean isOurs(Class<?> type) {
    return type != null && type.getName().startsWith("io.github.dotagent.");
  }

  private void lookInto(Object object, Class<?> type) {
    for (Field field : type.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) || field.getType().isPrimitive()) {
        continue;
      }
      try {
        field.setAccessible(true);
        add(field.get(object));
      } catch (IllegalAccessException impossible) {
        throw new AssertionError(impossible);
      }
    }
  }
}
