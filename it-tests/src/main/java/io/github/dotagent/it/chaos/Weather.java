package io.github.dotagent.it.chaos;

import java.util.Random;

/**
 * What a network does to what passes through it.
 *
 * @param amount what the kind says
 */
record Weather(Kind kind, int amount) {
  static final Weather CLEAR = new Weather(Kind.CLEAR, 0);

  /** With the bounds of its amount. */
  enum Kind {
    /** Everything passes at once. */
    CLEAR(0, 1),
    /** Each piece is late by up to so many milliseconds. */
    SLOW(1, 400),
    /** Octet by octet, so many milliseconds apart. */
    TRICKLE(1, 20),
    /** In so many of a hundred pieces one bit is another. */
    CORRUPT(2, 60),
    /** Of so many of a hundred pieces the end is missing. */
    CUT(2, 60),
    /** A connection is reset after so many octets in one direction. */
    RESET(0, 6_000),
    /** After so many octets nothing more comes in that direction, and its end is said (FIN). */
    HALF_CLOSE(0, 6_000),
    /** Nothing passes any more, and nothing is said; connections are taken. */
    BLACK_HOLE(0, 1),
    /** No server listens. */
    REFUSE(0, 1);

    private final int least;
    private final int below;

    Kind(int least, int below) {
      this.least = least;
      this.below = below;
    }
  }

  static Weather drawn(Random random) {
    Kind[] kinds = Kind.values();
    Kind kind = kinds[random.nextInt(kinds.length)];
    return new Weather(kind, kind.least + random.nextInt(kind.below - kind.least));
  }

  @Override
  public String toString() {
    return kind + " " + amount;
  }
}
