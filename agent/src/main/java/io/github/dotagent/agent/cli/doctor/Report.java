package io.github.dotagent.agent.cli.doctor;

/** Takes the findings as they come. For one thread. */
interface Report {
  /** The subject of the next checks: a server, or this machine. */
  void section(String title);

  /** A check begins: the user sees which one is under way. */
  void checking(String check);

  /** What it found. */
  void found(Finding finding);

  /** Nothing more comes. */
  void end(String summary);
}
