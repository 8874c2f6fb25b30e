package io.github.dotagent.dot;

/** Makes connections to one server, each of which begins to connect at once. */
interface Connecting {
  /**
   * @param mostQueries how many queries it takes in its life
   */
  DotConnection begin(int mostQueries, ConnectionListener listener);
}
