package io.github.dotagent.dot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainTest {
  private final Chain<Named> chain = new Chain<>();
  private final Named a = new Named("a");
  private final Named b = new Named("b");
  private final Named c = new Named("c");

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
  void oneThatIsInItStaysWhereItIs() {
    chain.addLast(a);
    chain.addLast(b);
    chain.addLast(a);
    chain.addFirst(b);
    assertEquals("[a, b]", polled());
  }

  @Test
  void eachCanBeTakenOut() {
    for (Named one : List.of(a, b, c)) {
      chain.addLast(a);
      chain.addLast(b);
      chain.addLast(c);
      assertTrue(chain.remove(one));
      assertFalse(chain.remove(one));
      chain.addLast(one);
      List<Named> order = new ArrayList<>(List.of(a, b, c));
      order.remove(one);
      order.add(one);
      assertEquals(order.toString(), polled());
    }
    assertFalse(chain.remove(a));
  }

  private String all() {
    List<Named> all = new ArrayList<>();
    for (Named one = chain.first(); one != null; one = chain.after(one)) {
      all.add(one);
    }
    return all.toString();
  }

  private String polled() {
    List<Named> all = new ArrayList<>();
    for (Named one = chain.poll(); one != null; one = chain.poll()) {
      all.add(one);
    }
    return all.toString();
  }

  private static final class Named extends Chain.Link<Named> {
    private final String name;

    Named(String name) {
      this.name = name;
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
