package io.github.dotagent.dot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntrusiveQueueTest {
  private final IntrusiveQueue<Letter> chain = new IntrusiveQueue<>();
  private final Letter a = new Letter("a");
  private final Letter b = new Letter("b");
  private final Letter c = new Letter("c");

  @Test
  void firstInFirstOut() {
    assertTrue(chain.isEmpty());
    assertNull(chain.poll());
    chain.addLast(a);
    chain.addLast(b);
    chain.addFirst(c);
    assertEquals(3, chain.size());
    assertEquals("[c, a, b]", all());
    assertEquals("[c, a, b]", polled());
    chain.addLast(c);
    assertEquals("[c]", polled(), "the end is where it belongs after all were out");
  }

  @Test
  void addingAnElementTwiceChangesNothing() {
    chain.addLast(a);
    chain.addLast(b);
    chain.addLast(a);
    chain.addFirst(b);
    assertEquals("[a, b]", polled());
  }

  @Test
  void eachCanBeTakenOut() {
    for (Letter one : List.of(a, b, c)) {
      chain.addLast(a);
      chain.addLast(b);
      chain.addLast(c);
      assertTrue(chain.remove(one));
      assertFalse(chain.remove(one));
      chain.addLast(one);
      List<Letter> order = new ArrayList<>(List.of(a, b, c));
      order.remove(one);
      order.add(one);
      assertEquals(order.toString(), polled());
    }
    assertFalse(chain.remove(a));
  }

  private String all() {
    List<Letter> all = new ArrayList<>();
    for (Letter one = chain.first(); one != null; one = chain.after(one)) {
      all.add(one);
    }
    return all.toString();
  }

  private String polled() {
    List<Letter> all = new ArrayList<>();
    for (Letter one = chain.poll(); one != null; one = chain.poll()) {
      all.add(one);
    }
    return all.toString();
  }

  private static final class Letter extends IntrusiveQueue.Element<Letter> {
    private final String name;

    Letter(String name) {
      this.name = name;
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
